import { expect, it } from 'vitest'
import { openBank, statement } from '../../support/bank.js'

it.each([
  ['a currency there is none of', { currency: 'XXQ' }, 'currency.unknown'],
  ['no account', { account: '' }, 'statement.account'],
  ['an opening balance that is no amount', { opening: '1,00' }, 'statement.balance'],
  ['a closing balance that is no amount', { closing: 'much' }, 'statement.balance'],
])('RC1 a statement with %s is refused whole', async (_what, more, rule) => {
  const { oms, all } = openBank()
  expect(await oms.reconciliation.importStatement(statement([{}], more))).toMatchObject({
    ok: false,
    error: { code: 'unreadable_file', issues: [{ path: ['content'], rule }] },
  })
  expect(await all({ name: 'bank_entry' } as never)).toEqual([])
})
