import { describe, expect, it } from 'vitest'
import { postingsOf } from '../../../src/core/ledger/journal-entry.js'
import type { Money } from '../../../src/core/money/money.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' }) as Money

describe('postings', () => {
  it('are none for nothing, and the other way round for less than nothing', () => {
    const transfer = (amount: string) =>
      postingsOf([{ debit: 'receivables', credit: 'revenue', amount: eur(amount) }])
    expect(transfer('0.00')).toEqual([])
    const posted = [
      { account: 'receivables', side: 'debit', amount: eur('5.00') },
      { account: 'revenue', side: 'credit', amount: eur('5.00') },
    ]
    expect(transfer('5.00')).toEqual(posted)
    expect(transfer('-5.00')).toEqual([
      { account: 'revenue', side: 'debit', amount: eur('5.00') },
      { account: 'receivables', side: 'credit', amount: eur('5.00') },
    ])
  })
})

describe('the trial balance', () => {
  const balancesIn = async (oms: ReturnType<typeof openShop>['oms']) => {
    const { balances } = await oms.orThrow.ledger.trialBalance({})
    return balances.map(({ currency, accounts }) => [
      currency,
      Object.fromEntries(accounts.map(({ account, balance }) => [account, balance.amount])),
    ])
  }

  it('is one for each currency, in the order of their codes', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '10.00')
    for (const currency of ['USD', 'CHF', 'EUR']) {
      const order = await confirmed(
        oms,
        [{ sku: 'MUG', quantity: 1, unitPrice: { amount: '10.00', currency } }] as never,
        { currency },
      )
      await shipped(oms, order)
    }
    expect((await balancesIn(oms)).map(([currency]) => currency)).toEqual(['CHF', 'EUR', 'USD'])
  })

  it('F119 lets go of what is written off, and claims it again when that is taken back', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '10.00')
    const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'MUG', quantity: 1 }]))
    const { difference } = await oms.orThrow.invoices.writeOff(
      { invoice, kind: 'write_off', reason: 'bankrupt' },
      newKey(),
    )
    const [written] = await balancesIn(oms)
    expect(written?.[1]).toMatchObject({ write_offs: '10.00', receivables: '0.00' })
    await oms.orThrow.invoices.undoWriteOff({ invoice, difference, reason: 'paid after all' })
    const [again] = await balancesIn(oms)
    expect(again?.[1]).toMatchObject({ write_offs: '0.00', receivables: '10.00' })
  })
})
