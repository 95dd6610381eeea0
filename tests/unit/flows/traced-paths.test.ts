import { beforeAll, describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'
import { traceLines } from '../../support/trace-lines.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const days = (count: number) => ({ rule: 'days', days: count }) as const

const settings: SettingsInput = {
  paymentTerms: {
    halves: { instalments: [0, 30].map((count) => ({ share: 1, due: days(count) })) },
    early: { due: days(30), discount: { percent: '2', days: 10 } },
  },
  dunning: [
    {
      daysOverdue: 1,
      topic: 'payment_demand',
      fee: { EUR: '5' },
      interest: { percent: '9', basis: 'act/360' },
    },
  ],
}

/** Invoices on which everything stands that has an amount: deposits, withholdings, discounts, instalments, and reminders. */
const open = async () => {
  const { oms, clock } = openShop(undefined, settings)
  await stock(oms, 'DESK', 100, '100.00')
  await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
  const bill = async (termsName: string): Promise<string> => {
    const discount = { kind: 'discount', reason: 'Loyal', amount: eur('1.00') }
    const order = await confirmed(
      oms,
      [
        {
          sku: 'DESK',
          quantity: 2,
          tax: vat('19'),
          adjustments: [discount, { ...discount, amount: undefined, percent: '2' }],
        },
      ] as never,
      {
        customer: 'C-1',
        adjustments: [{ kind: 'charge', reason: 'Gift wrap', amount: eur('3.00') }],
        withholdings: [{ name: 'IRPF', percent: '15', on: 'net' }],
        payment: { method: 'bank', terms: 'on_account', termsName },
      },
    )
    await oms.orThrow.invoices.billDeposit({ order, deposit: { percent: '10' } }, newKey())
    return (await shipped(oms, order)).invoice
  }
  const documents = { halves: await bill('halves'), early: await bill('early') }
  clock.set('2026-06-01T12:00:00.000Z')
  await oms.orThrow.invoices.remind({ invoice: documents.halves })
  const trace = (invoice: string, amount: string) => oms.invoices.trace({ invoice, amount })
  return { trace, documents }
}

let opened: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  opened = await open()
})

describe('a path under which no amount stands', () => {
  it.each<['halves' | 'early', string, string, readonly string[]]>([
    ['halves', 'total', '235.62', ['total.amount', 'totals']],
    ['halves', 'due', '212.06', ['due.amount']],
    ['halves', 'payable', '185.33', ['payable.amount', 'paid.amount', 'openParts.0.amount']],
    ['halves', 'net', '198.00', ['net.amount', 'nett']],
    ['halves', 'totals.net', '198.00', ['totals.nett', 'totals.net.amount', 'totals.nett.0']],
    [
      'halves',
      'totals.taxes.0.base',
      '198.00',
      ['totals.taxes.0.bases', 'totals.taxes.1.base', 'totals.taxes.0.base.0'],
    ],
    [
      'halves',
      'totals.taxes.0.amounts.0',
      '37.62',
      ['totals.taxes.0.amounts.1', 'totals.taxes.0.amounts.0.amount'],
    ],
    ['halves', 'totals.taxes.0.tax', '37.62', ['totals.taxes.0.taxes', 'totals.taxes.0.tax.0']],
    [
      'halves',
      'totals.adjustments.0.amount',
      '3.00',
      ['totals.adjustments.1.amount', 'totals.adjustments.0.tax'],
    ],
    ['halves', 'lines.0.net', '195.00', ['lines.1.net', 'lines.0.net.amount', 'lines.0.nett']],
    ['halves', 'lines.0.shares.0', '3.00', ['lines.0.shares.1', 'lines.0.shares', 'lines.0.shares.0.amount']],
    ['halves', 'lines.0.unitPrice', '100.00', ['lines.0.unitPrice.amount', 'lines.0.gross']],
    [
      'halves',
      'lines.0.adjustments.0.amount',
      '1.00',
      [
        'lines.0.adjustments.1.amount',
        'lines.0.adjustments.2.amount',
        'lines.0.adjustments.0.percent',
        'lines.0.adjustments.0.amount.0',
      ],
    ],
    ['halves', 'adjustments.0.amount', '3.00', ['adjustments.1.amount', 'adjustments.0']],
    ['halves', 'deducted.0.net', '19.80', ['deducted.1.net', 'deducted.0.gross', 'deducted.0.net.amount']],
    ['halves', 'deducted.0.tax', '3.76', ['deducted.0.tax.0']],
    ['halves', 'deducted.0.amount', '23.56', ['deducted.0.amount.0', 'deducted.0']],
    ['halves', 'deducted.0.taxes.0.base', '19.80', ['deducted.0.taxes.1.base', 'deducted.0.taxes.0.bases']],
    [
      'halves',
      'deducted.0.withholdings.0.amount',
      '2.97',
      [
        'deducted.0.withholdings.1.amount',
        'deducted.0.withholdings.0.amount.0',
        'deducted.0.withholdings.0.percent',
      ],
    ],
    [
      'halves',
      'withholdings.0.amount',
      '29.70',
      ['withholdings.1.amount', 'withholdings.0.amount.0', 'withholdings.0.percent'],
    ],
    ['halves', 'withholdings.0.base', '198.00', ['withholdings.0']],
    [
      'halves',
      'instalments.0.amount',
      '92.67',
      ['instalments.2.amount', 'instalments.0.dueOn', 'instalments.0.amount.0', 'discount.amount'],
    ],
    [
      'halves',
      'reminders.0.overdue',
      '185.33',
      ['reminders.1.overdue', 'reminders.0.overdue.amount', 'reminders.0.level'],
    ],
    ['halves', 'reminders.0.fee', '5.00', ['reminders.0.fee.amount']],
    [
      'halves',
      'reminders.0.interest.amount',
      '3.57',
      ['reminders.0.interest', 'reminders.0.interest.percent'],
    ],
    [
      'halves',
      'reminders.0.interest.parts.0.principal',
      '92.67',
      [
        'reminders.0.interest.parts.9.principal',
        'reminders.0.interest.parts.0.days',
        'reminders.0.interest.part.0.principal',
        'reminders.0.interest.parts.0.principal.amount',
      ],
    ],
    [
      'early',
      'discount.amount',
      '3.71',
      ['discount.percent', 'discount', 'instalments.0.amount', 'reminders.0.fee'],
    ],
  ])(
    'F130 is refused on the invoice with terms %s where it departs from %s',
    async (name, path, amount, others) => {
      const { trace, documents } = opened
      expect(await trace(documents[name], path)).toMatchObject({
        value: { trace: { amount, rule: expect.not.stringContaining('by the rules of today') } },
      })
      for (const other of others) {
        expect(await trace(documents[name], other), other).toMatchObject({
          error: { code: 'validation_failed', issues: [{ path: ['amount'], rule: 'amount.path' }] },
        })
      }
    },
  )
})

describe('the trace of a reminder', () => {
  it('F130 says of interest on what is overdue by which year its days are counted', async () => {
    const { trace, documents } = opened
    const answer = await trace(documents.halves, 'reminders.0.interest.amount')
    expect(traceLines(answer.ok ? answer.value.text : '')).toEqual([
      'interest 3.57 = 9% of 14270.56 / 360 = 3.56764, rounded half up',
      '  principals by days 14270.56 = each for its days',
      '    for each day 8525.64 = 92.67 x 92 days',
      '      principal 92.67 = open from 2026-03-01 until 2026-06-01',
      '    for each day 5744.92 = 92.66 x 62 days',
      '      principal 92.66 = open from 2026-03-31 until 2026-06-01',
    ])
  })
})
