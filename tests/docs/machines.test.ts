import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawDiagram, drawPages, outdatedPages, pagesFolder } from '../../scripts/draw-machines.js'
import { shipmentLifecycle } from 'orderwright/machines'
import { allLifecycles } from '../model/machines/all-lifecycles.js'

describe('the pages about lifecycles', () => {
  it('show every lifecycle and an index', async () => {
    const names = allLifecycles.map(([name]) => `${name}.md`)
    expect([...(await drawPages()).keys()].sort()).toEqual([...names, 'index.md'].sort())
  })

  it('are up to date with the machines', async () => {
    expect(await outdatedPages(await drawPages(), pagesFolder)).toEqual([])
  })

  it('are found out of date when one is missing, changed or left over', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'machines-'))
    try {
      await cp(pagesFolder, folder, { recursive: true })
      await rm(path.join(folder, 'invoice.md'))
      await writeFile(path.join(folder, 'order.md'), 'an older drawing')
      await writeFile(path.join(folder, 'quote.md'), 'a machine of the past')
      expect(await outdatedPages(await drawPages(), folder)).toEqual(['invoice.md', 'order.md', 'quote.md'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('F191 M130 draw each status, each step and each end', () => {
    expect(drawDiagram(shipmentLifecycle as never)).toEqual([
      'stateDiagram-v2',
      '  [*] --> planned',
      '  planned --> in_transit: hand_over',
      '  planned --> canceled: cancel',
      '  in_transit --> delivered: deliver',
      '  in_transit --> lost: report_lost',
      '  lost --> in_transit: find',
      '  lost --> given_up: give_up',
      '  delivered --> [*]',
      '  given_up --> [*]',
      '  canceled --> [*]',
    ])
  })
})
