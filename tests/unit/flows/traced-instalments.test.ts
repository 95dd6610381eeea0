import { describe, expect, it } from 'vitest'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { traceLines } from '../../support/trace-lines.js'

describe('the trace of an instalment', () => {
  it.each([
    [
      'first',
      [
        'instalment due on 2026-03-01 0.06 = 3 of 6 of 0.10 = 0.05, rounded up: what is left to the first',
        'instalment due on 2026-03-31 0.03 = 2 of 6 of 0.10 = 0.033333…, rounded down: what is left to the first at instalment 1',
        'instalment due on 2026-04-30 0.01 = 1 of 6 of 0.10 = 0.016666…, rounded down: what is left to the first at instalment 1',
      ],
    ],
    [
      'last',
      [
        'instalment due on 2026-03-01 0.05 = 3 of 6 of 0.10',
        'instalment due on 2026-03-31 0.03 = 2 of 6 of 0.10 = 0.033333…, rounded down: what is left to the last at instalment 3',
        'instalment due on 2026-04-30 0.02 = 1 of 6 of 0.10 = 0.016666…, rounded up: what is left to the last',
      ],
    ],
    [
      'equal',
      [
        'instalment due on 2026-03-01 0.04 = 3 of 6 of 0.10 = 0.033333…, rounded up: largest remainder',
        'instalment due on 2026-03-31 0.03 = 2 of 6 of 0.10 = 0.033333…, rounded down: largest remainder at instalment 1',
        'instalment due on 2026-04-30 0.03 = 1 of 6 of 0.10 = 0.033333…, rounded down: largest remainder at instalment 1',
      ],
    ],
  ] as const)('F130 says who got the odd cents by the policy %s', async (allocation, texts) => {
    const instalments = [3, 2, 1].map((share, at) => ({
      share,
      due: { rule: 'days', days: 30 * at } as const,
    }))
    const { oms } = openShop(undefined, { paymentTerms: { parts: { allocation, instalments } } })
    await stock(oms, 'PEN', 100, '0.10')
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
    const payment = { method: 'bank', terms: 'on_account', termsName: 'parts' }
    const order = await confirmed(oms, [{ sku: 'PEN', quantity: 1 }], { customer: 'C-1', payment })
    const { invoice } = await shipped(oms, order)
    const printed = await Promise.all(
      texts.map(async (_, at) => {
        const { text } = await oms.orThrow.invoices.trace({ invoice, amount: `instalments.${at}.amount` })
        return traceLines(text, 0)
      }),
    )
    expect(printed.flat()).toEqual(texts)
  })
})
