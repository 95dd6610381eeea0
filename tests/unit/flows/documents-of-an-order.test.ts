import type { OrderManagementFor, Storage, TaxSource } from 'orderwright'
import { beforeEach, describe, expect, it } from 'vitest'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { creditNoteKind } from '../../../src/core/invoicing/credit-note.js'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'
import { shipped } from '../../support/shop.js'
import { germanTax, vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' }) as const
const place = { country: 'DE' }
const taxSource: TaxSource = {
  treatmentsFor: ({ lines, taxClasses }) =>
    Promise.resolve({
      source: 'taxengine',
      version: '2026-03',
      place,
      lines: lines.map(() => vat('19')),
      taxClasses: taxClasses.map(() => vat('7')),
    }),
}
const legalEntities = {
  branch: {
    invoice: { pattern: 'B{number}', digits: 6 },
    credit_note: { pattern: 'BC{number}', digits: 6 },
  },
}
const mugs = (more: object = {}) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity: 4 }],
  ...more,
})

const opened = async (options: Parameters<typeof openDesk>[0]) => {
  const { clerk, storage } = openDesk(options)
  await stockMugs(clerk, 100)
  const order = async (more: object = {}) => {
    const { order: id } = await clerk.orThrow.orders.place(mugs(more), freshKey())
    await clerk.orThrow.orders.confirm({ order: id })
    return id
  }
  return { clerk, storage, order }
}

describe('what an order says of its seller and its taxes', () => {
  let clerk: OrderManagementFor
  let storage: Storage
  let order: string
  beforeEach(async () => {
    const desk = await opened({ taxSource, settings: { legalEntities } })
    ;({ clerk, storage } = desk)
    order = await desk.order({ legalEntity: 'branch', taxPlace: place })
  })
  const taxedBy = { source: 'taxengine', version: '2026-03' }
  const stated = { legalEntity: 'branch', taxPlace: place, taxedBy }

  it('F101 F127 stands on its deposit invoices', async () => {
    const { invoice } = await clerk.orThrow.invoices.billDeposit(
      { order, deposit: { percent: '30' } },
      freshKey(),
    )
    expect(await clerk.orThrow.invoices.get({ invoice })).toMatchObject({ number: 'B000001', ...stated })
  })

  it('F127 stands on its debit and credit notes', async () => {
    const { invoice } = await shipped(clerk, order)
    const debit = await clerk.orThrow.invoices.debit(
      { invoice, corrections: [{ line: 'L1', amount: eur('1.00') }], reason: 'too cheap' },
      freshKey(),
    )
    expect(await clerk.orThrow.invoices.get({ invoice: debit.invoice })).toMatchObject({
      number: 'B000002',
      ...stated,
    })
    const { creditNote } = await clerk.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      freshKey(),
    )
    const [note] = await storage.read('main' as TenantId, [{ kind: creditNoteKind.name, id: creditNote }])
    expect(note?.state).toMatchObject({ number: 'BC000001', ...stated })
  })

  it('is asked of a credit without an invoice too', async () => {
    const grant = (more: object) =>
      clerk.invoices.creditWithoutInvoice(
        {
          currency: 'EUR',
          lines: [{ sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: eur('5.00') }],
          reason: 'goodwill',
          ...more,
        },
        freshKey(),
      )
    expect(await grant({ legalEntity: 'branhc' })).toMatchObject({
      error: { code: 'unknown_legal_entity', details: { legalEntity: 'branhc' } },
    })
    expect(await grant({ currency: 'USD' })).toMatchObject({
      error: { code: 'currency_mismatch', details: { expected: 'USD', got: 'EUR' } },
    })
    expect(await grant({ legalEntity: 'branch' })).toMatchObject({ value: { number: 'BC000001' } })
  })
})

describe('the number that the buyer gave an order', () => {
  it('stands on its deposit, its invoice, and what corrects that', async () => {
    const { clerk, order } = await opened({})
    const id = await order({ purchaseOrder: 'PO-4711' })
    const numberOn = async (invoice: string) => (await clerk.orThrow.invoices.get({ invoice })).purchaseOrder
    const claimed = await clerk.orThrow.invoices.billDeposit(
      { order: id, deposit: { percent: '30' } },
      freshKey(),
    )
    expect(await numberOn(claimed.invoice)).toBe('PO-4711')
    const { invoice } = await shipped(clerk, id)
    expect(await numberOn(invoice)).toBe('PO-4711')
    const debit = await clerk.orThrow.invoices.debit(
      { invoice, corrections: [{ line: 'L1', amount: eur('1.00') }], reason: 'too cheap' },
      freshKey(),
    )
    expect(await numberOn(debit.invoice)).toBe('PO-4711')
    const { creditNote } = await clerk.orThrow.invoices.credit({ invoice, reason: 'returned' }, freshKey())
    expect(await clerk.orThrow.invoices.creditNote({ creditNote })).toMatchObject({
      purchaseOrder: 'PO-4711',
    })
  })
})

describe('a deposit on what is not taxed', () => {
  it('F101 is credited to the cent, and claimed again', async () => {
    const { clerk, order } = await opened({})
    const id = await order()
    const claim = () => clerk.invoices.billDeposit({ order: id, deposit: { percent: '100' } }, freshKey())
    const first = await claim()
    const invoice = first.ok ? first.value.invoice : ''
    expect(await clerk.orThrow.invoices.get({ invoice })).toMatchObject({ total: eur('50.00') })
    expect(await claim()).toMatchObject({ error: { code: 'quantity_exceeded' } })
    const note = await clerk.orThrow.invoices.credit({ invoice, reason: 'wrong' }, freshKey())
    expect(note).toMatchObject({ total: eur('50.00') })
    expect(await claim()).toMatchObject({ ok: true })
  })
})

describe('taxes of an order', () => {
  it('are those it brings along, for the lines and charges that bring any, and the table for the others', async () => {
    const { clerk, order } = await opened({ settings: { tax: germanTax } })
    const id = await order({
      lines: [
        { sku: 'MUG', quantity: 1, tax: vat('7') },
        { sku: 'MUG', quantity: 1 },
      ],
    })
    expect((await clerk.orThrow.orders.get({ order: id })).lines.map(({ tax }) => tax)).toEqual([
      vat('7'),
      vat('19'),
    ])
  })

  it('of a charge with a class need a rate for it', async () => {
    const charge = { kind: 'charge', amount: eur('5.00'), reason: 'freight', taxClass: 'luxury' } as const
    for (const settings of [{}, { tax: germanTax }]) {
      const { clerk } = await opened({ settings })
      expect(await clerk.orders.place(mugs({ adjustments: [charge] }) as never, freshKey())).toMatchObject({
        error: { code: 'tax_rate_missing', details: { taxClass: 'luxury' } },
      })
    }
  })

  it('count a total that is expected in the currency of the order', async () => {
    const { clerk } = await opened({})
    expect(
      await clerk.orders.place(
        mugs({ expectedTotal: { amount: '50.00', currency: 'USD' } }) as never,
        freshKey(),
      ),
    ).toMatchObject({ error: { code: 'currency_mismatch', details: { expected: 'EUR', got: 'USD' } } })
  })
})

describe('an acceptance', () => {
  it('M90 is of lines the order has', async () => {
    const { clerk, order } = await opened({})
    const id = await order()
    expect(
      await clerk.orders.accept({ order: id, lines: [{ line: 'L9', quantity: 1 }] }, freshKey()),
    ).toMatchObject({ error: { code: 'unknown_line', details: { line: 'L9' } } })
  })
})

describe('a customer whose orders are stopped', () => {
  const stopped = async (orders: 'hold' | 'refuse') => {
    const { clerk } = await opened({})
    await clerk.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, freshKey())
    const { order } = await clerk.orThrow.orders.capture(mugs({ customer: 'C-1' }), freshKey())
    await clerk.orThrow.parties.stopOrders({ party: 'C-1', orders, reason: 'credit' })
    return clerk.orders.placeDraft({ order })
  }

  it('F103 places no draft that was captured before', async () => {
    expect(await stopped('refuse')).toMatchObject({
      error: { code: 'customer_stopped', details: { party: 'C-1', reason: 'credit' } },
    })
  })

  it('F103 has it held, where orders are only held', async () => {
    expect(await stopped('hold')).toMatchObject({ ok: true, value: { status: 'placed' } })
  })
})

describe('a day on which a document was sent', () => {
  it('is noted once, and once more only when it is another', async () => {
    const { clerk, order } = await opened({})
    const { invoice } = await shipped(clerk, await order())
    const send = (channel: string, on?: string) =>
      clerk.orThrow.invoices.recordSent({ invoice, channel, ...(on !== undefined && { on }) })
    const sent = { channel: 'email', on: '2026-03-01' }
    expect(await send('email')).toEqual({ invoice, sent })
    expect(await send('email')).toEqual({ invoice, sent })
    expect(await send('post')).toEqual({ invoice, sent: { ...sent, channel: 'post' } })
    const timeline = await clerk.orThrow.invoices.get({ invoice })
    expect(timeline).toMatchObject({ sent: { channel: 'post' } })
  })
})
