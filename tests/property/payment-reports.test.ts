import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { confirmed, openShop, shipped, stock } from '../support/shop.js'

/** What a payment provider reports, by the id of its event. */
const reports = [
  { id: 'evt-1', amount: '4.00' },
  { id: 'evt-2', amount: '11.00' },
  { id: 'evt-3', amount: '0.01' },
  { id: 'evt-4', amount: '14.99' },
] as const

const inAnyOrderAndRepeated = fc
  .array(fc.constantFrom(...reports), { maxLength: 8 })
  .chain((repeats) =>
    fc.shuffledSubarray([...reports, ...repeats], { minLength: reports.length + repeats.length }),
  )

it('PY4 events of a provider come to the same in any order, repeated and at once, under their ids as keys', async () => {
  await fc.assert(
    fc.asyncProperty(inAnyOrderAndRepeated, fc.boolean(), async (arrived, atOnce) => {
      const { oms } = openShop()
      await stock(oms, 'MUG', 3, '10.00')
      const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'MUG', quantity: 3 }]))
      const report = ({ id, amount }: (typeof reports)[number]) =>
        oms.orThrow.payments.record(
          { amount: { amount, currency: 'EUR' }, method: 'card', reference: id, invoices: [{ invoice }] },
          { idempotencyKey: id },
        )
      if (atOnce) await Promise.all(arrived.map(report))
      else for (const one of arrived) await report(one)

      const { items } = await oms.orThrow.payments.list({})
      expect(items.map(({ reference }) => reference).sort()).toEqual(reports.map(({ id }) => id))
      expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
        status: 'settled',
        paid: { amount: '30.00', currency: 'EUR' },
      })
    }),
    { numRuns: 60 },
  )
})
