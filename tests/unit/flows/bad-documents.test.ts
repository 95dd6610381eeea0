import type { Answer, OrderManagementFor } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { bill, openBank } from '../../support/bank.js'
import { confirmed, newKey, packed, stock } from '../../support/shop.js'

/** The catalogue of bad input about issued documents: what is sent, and what it gets. */
interface Row {
  readonly row: string
  readonly send: (oms: OrderManagementFor) => Promise<Answer<unknown>>
  readonly error: object
}

const content = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }

const shipMug = async (oms: OrderManagementFor, shippedOn: string) => {
  const shipment = await packed(oms, await confirmed(oms, [{ sku: 'MUG', quantity: 1 }]))
  return oms.shipments.ship({ shipment, carrier: 'Parcel Post', shippedOn })
}

const rows: readonly Row[] = [
  {
    row: '95 another content for an order that is billed',
    send: async (oms) => {
      const { order } = await bill(oms, '12.50')
      return oms.orders.changeDraft({ order, ...content })
    },
    error: { code: 'invalid_state', status: 409 },
  },
  {
    row: '96 a credit of more units than were invoiced',
    send: async (oms) => {
      const { invoice } = await bill(oms, '12.50')
      return oms.invoices.credit(
        { invoice, lines: [{ line: 'L1', quantity: 2 }], reason: 'broken' },
        newKey(),
      )
    },
    error: { code: 'credit_exceeds_invoice' },
  },
  {
    row: '97 an invoice dated next week',
    send: (oms) => shipMug(oms, '2026-03-08'),
    error: { code: 'validation_failed', issues: [{ path: ['shippedOn'], rule: 'date.future' }] },
  },
  {
    row: 'a rounding place of the order’s own, which would change the tax due',
    send: (oms) => oms.orders.place({ ...content, profile: 'per_line' } as never, newKey()),
    error: { code: 'validation_failed', issues: [{ rule: 'unknownField' }] },
  },
  {
    row: 'a rounding mode of the order’s own, which would change the tax due',
    send: (oms) => oms.orders.place({ ...content, calculation: { rounding: 'up' } } as never, newKey()),
    error: { code: 'validation_failed', issues: [{ rule: 'unknownField' }] },
  },
]

const opened = async () => {
  const { oms } = openBank()
  await stock(oms, 'MUG', 10, '12.50')
  return oms
}

describe('bad input about documents', () => {
  it.each(rows)('refuses row $row', async ({ send, error }) => {
    expect(await send(await opened())).toMatchObject({ ok: false, error })
  })

  it('row 95 there is no command that edits an issued invoice', async () => {
    const commands = Object.keys((await opened()).invoices)
    expect(commands).toContain('credit')
    expect(commands.filter((name) => /^(edit|change|update|amend|set)/.test(name))).toEqual([])
  })

  it('row 97 gives a document dated before the last of its series the date of the last', async () => {
    const oms = await opened()
    const dates: string[] = []
    for (const shippedOn of ['2026-02-20', '2026-02-10', '2026-02-25']) {
      const shipped = await shipMug(oms, shippedOn)
      const invoice = shipped.ok ? (shipped.value.invoice ?? '') : ''
      dates.push((await oms.orThrow.invoices.get({ invoice })).issuedOn)
    }
    expect(dates).toEqual(['2026-02-20', '2026-02-20', '2026-02-25'])
  })

  it('row 30 puts a charge on free goods where there is no amount to share it by, and loses none of it', async () => {
    const oms = await opened()
    const free = { sku: 'MUG', quantity: 1, unitPrice: { amount: '0.00', currency: 'EUR' } }
    const { order } = await oms.orThrow.orders.place(
      {
        ...content,
        lines: [free, free],
        adjustments: [{ kind: 'charge', amount: { amount: '5.00', currency: 'EUR' }, reason: 'Shipping' }],
      },
      newKey(),
    )
    const { lines, total } = await oms.orThrow.orders.get({ order })
    expect(total.amount).toBe('5.00')
    expect(lines.map(({ shares }) => shares?.map(({ amount }) => amount))).toEqual([['5.00'], ['0.00']])
  })
})
