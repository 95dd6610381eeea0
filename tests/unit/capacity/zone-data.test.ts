import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bundleOf } from '../../support/start-child.js'

const updateZones = new URL('./children/update-zones.ts', import.meta.url)
const movedZones = new URL('./children/moved-zones.ts', import.meta.url)

describe('an update of the time zone data', () => {
  it('TM5 moves what is booked from then on, never a moment that is booked or a document that is issued', async () => {
    const program = await bundleOf(updateZones, {
      '@date-fns/tz/tzOffset': fileURLToPath(movedZones),
    })
    const { stdout } = await promisify(execFile)(process.execPath, [program])
    const { before, after, later, sameTime } = JSON.parse(stdout) as Record<string, Record<string, unknown>>

    expect(before).toMatchObject({
      document: { number: 'INV-000001', total: { amount: '100.00' } },
      booked: { lines: [{ startsAt: '2026-03-06T09:00:00.000Z' }] },
    })
    expect(after).toEqual(before)
    expect(later).toMatchObject({ error: { code: 'capacity_unavailable', details: { reason: 'taken' } } })
    expect(sameTime).toMatchObject({ value: { lines: [{ startsAt: '2026-03-06T08:00:00.000Z' }] } })
  })
})
