import { describe, expect, it } from 'vitest'
import { orderKind, type Order } from '../../src/core/orders/order.js'
import { recordOpening } from '../../src/testing/simulation/opening.js'
import { shopWorkload } from '../../src/testing/simulation/shop-workload.js'
import { checkWrite } from '../../src/testing/simulation/step-checks.js'

describe('OQ4 the check of each step, of an order that is billed on acceptance', () => {
  const broken = async (accepted: number | undefined, invoiced: number): Promise<readonly string[]> => {
    const { shadow } = await recordOpening(shopWorkload)
    const [record] = shadow.records.ofKind(orderKind.name)
    if (record === undefined) throw new Error('the shop opens with orders')
    const order = record.state as Order
    const [line] = order.lines
    const lines = [{ ...line, invoiceTrigger: 'on_acceptance', shipped: 0, accepted, invoiced }]
    const write = { ...record, before: record.version, state: { ...order, lines } }
    return checkWrite(record, write, []).filter((text) => text.startsWith('OQ4'))
  }

  it('is content when what is billed was accepted, though nothing was shipped', async () => {
    expect(await broken(2, 2)).toEqual([])
  })

  it('complains when more is billed than was accepted', async () => {
    expect(await broken(1, 2)).toEqual([expect.stringMatching(/^OQ4 L1: more invoiced than is billable/)])
    expect(await broken(undefined, 1)).toHaveLength(1)
  })
})
