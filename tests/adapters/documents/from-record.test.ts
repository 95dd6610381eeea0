import * as fc from 'fast-check'
import type { OrderManagementFor, SettingsInput } from 'orderwright'
import {
  creditNoteFromRecord,
  invoiceFromRecord,
  invoiceHtml,
  readInvoice,
  specifications,
  validateInvoice,
  writeCii,
  writeUbl,
  type ElectronicInvoice,
  type IssuedHeader,
} from 'orderwright/documents'
import { describe, expect, it } from 'vitest'
import { writeQuantity } from '../../../src/core/catalog/quantity.js'
import type { CreditNote } from '../../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import { toMinor } from '../../../src/core/money/money.js'
import { openBooks } from '../../support/books.js'
import { newKey } from '../../support/shop.js'
import { germanTax } from '../../support/tax.js'
import { openDesk } from './desk.js'
import { issuedHeader as header } from './sample-invoices.js'

type OrderInput = Parameters<OrderManagementFor['orders']['place']>[0]

const openShop = async (settings: SettingsInput) => {
  const desk = openDesk(settings)
  const price = (amount: string) => ({ amount, currency: 'EUR' })
  await desk.catalog.define({ sku: 'MUG', name: 'Tasse', price: price('7.95'), taxClass: 'standard' })
  await desk.catalog.define({
    sku: 'BEANS',
    name: 'Kaffee',
    unit: { code: 'KGM', digits: 3 },
    price: price('17.99'),
    taxClass: 'reduced',
  })
  await desk.inventory.receive({ sku: 'MUG', quantity: 100 }, newKey())
  await desk.inventory.receive({ sku: 'BEANS', quantity: '50' }, newKey())
  return desk
}

const order: OrderInput = {
  channel: 'web',
  currency: 'EUR',
  invoiceTrigger: 'on_order',
  lines: [
    { sku: 'MUG', quantity: 48, adjustments: [{ kind: 'discount', percent: '5', reason: 'Mengenrabatt' }] },
    { sku: 'BEANS', quantity: '2.5' },
  ],
  adjustments: [{ kind: 'discount', percent: '3', reason: 'Messerabatt' }],
  shipTo: { name: 'Käufer AG', street: 'Ring 5', city: 'Hamburg', postalCode: '20095', country: 'DE' },
}

const fatal = (document: ElectronicInvoice) =>
  validateInvoice(document).filter(({ flag }) => flag === 'fatal')

/** The document after each of its two syntaxes. */
const readBack = async (document: ElectronicInvoice) =>
  Promise.all([writeUbl(document), writeCii(document)].map(async (xml) => (await readInvoice(xml)).invoice))

describe('an electronic document of a record', () => {
  it('has the amounts, reasons, number and dates of the invoice that was issued', async () => {
    const desk = await openShop({ tax: germanTax })
    const { order: id, number } = await desk.orders.place(order, newKey())
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    const document = invoiceFromRecord(issued, header)
    expect(fatal(document)).toEqual([])
    expect(document).toMatchObject({
      number: issued.number,
      typeCode: '380',
      issuedOn: '2026-03-01',
      dueOn: issued.dueOn,
      salesOrderReference: number,
      totals: { lineNet: '407.50', allowances: '12.23', net: '395.27', tax: '69.86', due: '465.13' },
      allowances: [
        { reason: 'Messerabatt', taxCategory: 'S', taxRate: '19' },
        { reason: 'Messerabatt', taxCategory: 'S', taxRate: '7' },
      ],
      lines: [
        {
          quantity: '48',
          unit: 'C62',
          net: '362.52',
          allowances: [{ amount: '19.08', reason: 'Mengenrabatt' }],
        },
        { quantity: '2.5', unit: 'KGM', net: '44.98', price: { net: '17.99' }, item: { sellerId: 'BEANS' } },
      ],
    })
    expect(document.totals.due).toBe(issued.total.amount)
    for (const read of await readBack(document)) expect(read).toEqual(document)
  })

  it('says behind the payment terms what the buyer withholds, and leaves the totals alone', async () => {
    const desk = await openShop({ tax: germanTax })
    const withholdings = [
      { name: 'IRPF', percent: '15', on: 'net' as const },
      { name: 'ReteIVA', percent: '50', on: 'tax' as const },
    ]
    const { order: id } = await desk.orders.place({ ...order, withholdings }, newKey())
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    const document = invoiceFromRecord(issued, { ...header, paymentTerms: 'Net 30' })
    expect(fatal(document)).toEqual([])
    expect(document.totals).toMatchObject({ net: '395.27', tax: '69.86', due: '465.13' })
    expect(document.withheld).toEqual({
      taxes: [
        { name: 'IRPF', rate: '15', base: '395.27', amount: '59.29' },
        { name: 'ReteIVA', rate: '50', base: '69.86', amount: '34.93' },
      ],
      payable: '370.91',
    })
    const { withheld: _withheld, ...said } = document
    const paymentTerms = [
      'Net 30',
      'Withheld by the buyer: IRPF 15% of 395.27: 59.29 EUR.',
      'Withheld by the buyer: ReteIVA 50% of 69.86: 34.93 EUR.',
      'To be paid: 370.91 EUR.',
    ].join('\n')
    for (const read of await readBack(document)) expect(read).toEqual({ ...said, paymentTerms })
    const peppol = { ...document, specification: specifications.peppol }
    expect(fatal(peppol).filter(({ place }) => /notes|paymentTerms/.test(place))).toEqual([])
    const { creditNote } = await desk.invoices.credit(
      { invoice: issued.id, lines: [{ line: 'L2', quantity: '2.5' }], reason: 'back' },
      newKey(),
    )
    const note = creditNoteFromRecord(await desk.invoices.creditNote({ creditNote }), {
      ...header,
      paymentTerms: 'Net 30',
    })
    expect(fatal(note)).toEqual([])
    expect(note.withheld?.taxes.map(({ base, amount }) => [base, amount])).toEqual([
      ['43.63', '6.54'],
      ['3.05', '1.53'],
    ])
    const [read] = await readBack(note)
    expect(read?.paymentTerms).toContain('IRPF 15% of 43.63: 6.54 EUR.')
  })

  it('of a consolidated invoice names the order of each line, and adds up all of their discounts and taxes', async () => {
    const desk = await openShop({ tax: germanTax })
    await desk.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
    const place = (more: Partial<OrderInput>) =>
      desk.orders.place({ ...order, customer: 'C-1', billing: 'consolidated', ...more }, newKey())
    const freight = { kind: 'charge', amount: { amount: '4.99', currency: 'EUR' }, reason: 'Fracht' } as const
    const placed = [
      await place({}),
      await place({
        lines: [{ sku: 'BEANS', quantity: '0.335' }],
        adjustments: [{ ...freight, tax: vat('19') }],
      }),
      await place({ lines: [{ sku: 'MUG', quantity: 1 }] }),
    ]
    const { invoice = '' } = await desk.invoices.billTogether({ orders: placed.map((one) => one.order) })
    const issued = await desk.invoices.get({ invoice })
    const document = invoiceFromRecord(issued, header)
    expect(fatal(document)).toEqual([])
    expect(document.lines.map(({ note, net }) => [note, net])).toEqual([
      [placed[0]?.number, '362.52'],
      [placed[0]?.number, '44.98'],
      [placed[1]?.number, '6.03'],
      [placed[2]?.number, '7.95'],
    ])
    expect(document).not.toHaveProperty('salesOrderReference')
    expect(document.allowances?.map(({ reason, amount }) => [reason, amount])).toEqual([
      ['Messerabatt', '10.88'],
      ['Messerabatt', '1.35'],
      ['Messerabatt', '0.24'],
    ])
    expect(document.charges).toMatchObject([{ reason: 'Fracht', amount: '4.99', taxRate: '19' }])
    expect(document.totals.due).toBe(issued.total.amount)
    for (const read of await readBack(document)) expect(read).toEqual(document)
  })

  it('says of prices with tax what all units of a line cost without it', async () => {
    const desk = await openShop({ tax: germanTax, totals: { prices: 'gross' } })
    const { order: id } = await desk.orders.place(order, newKey())
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    const document = invoiceFromRecord(issued, header)
    expect(fatal(document)).toEqual([])
    expect(document.totals.due).toBe(issued.total.amount)
    expect(document.lines[0]?.price).toEqual({
      net: document.lines[0]?.net,
      baseQuantity: '48',
      baseUnit: 'C62',
    })
  })

  it('of a credit note names the invoice with its date, says why, and of a corrected price counts one piece', async () => {
    const desk = await openShop({ tax: germanTax })
    const { order: id } = await desk.orders.place(order, newKey())
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    await desk.invoices.credit(
      {
        invoice: issued.id,
        reason: 'price',
        corrections: [{ line: 'L1', amount: { amount: '9.00', currency: 'EUR' } }],
      },
      newKey(),
    )
    await desk.invoices.credit({ invoice: issued.id, reason: 'returned' }, newKey())
    const [corrected, returned] = (await desk.invoices.creditNotes({ invoice: issued.id })).items
    for (const note of [corrected, returned]) {
      if (note === undefined) throw new Error('nothing was credited')
      const document = creditNoteFromRecord(note, { ...header, paymentTerms: 'Wird ausgezahlt.' })
      expect(fatal(document)).toEqual([])
      expect(document).toMatchObject({
        typeCode: '381',
        precedingInvoices: [{ number: issued.number, issuedOn: '2026-03-01' }],
        notes: [{ text: note.reason }],
        totals: { due: note.total.amount },
      })
      for (const read of await readBack(document)) expect(read).toEqual(document)
    }
    if (corrected === undefined) throw new Error('no price was corrected')
    expect(
      invoiceHtml(creditNoteFromRecord(corrected, { ...header, paymentTerms: 'Wird ausgezahlt.' }), {
        language: 'de',
      }),
    ).toMatch(/INV-000001, 1\. März 2026.*>price</s)
    const { invoiceIssuedOn: _invoiceIssuedOn, ...older } = corrected
    expect(creditNoteFromRecord(older, header).precedingInvoices).toStrictEqual([{ number: issued.number }])
    expect(creditNoteFromRecord(corrected, header).lines).toMatchObject([{ quantity: '1', unit: 'C62' }])
  })

  it.each([
    ['one note, as Peppol allows no more', specifications.peppol, [{ text: 'returned\nThank you.' }]],
    ['a note of its own', specifications.en16931, [{ text: 'returned' }, { text: 'Thank you.' }]],
  ])('says beside a note of the header why it was credited, in %s', async (_how, specification, notes) => {
    const desk = await openShop({ tax: germanTax })
    const { invoice = '' } = await desk.orders.place(order, newKey())
    const { creditNote } = await desk.invoices.credit({ invoice, reason: 'returned' }, newKey())
    const record = await desk.invoices.creditNote({ creditNote })
    const own = { ...header, specification, notes: [{ text: 'Thank you.' }] }
    expect(creditNoteFromRecord(record, own).notes).toEqual(notes)
    const said = { ...own, notes: [{ text: 'We take it back: returned.' }] }
    expect(creditNoteFromRecord(record, said).notes).toEqual(said.notes)
  })

  const plain: OrderInput = { ...order, lines: [{ sku: 'MUG', quantity: 3 }], adjustments: [] }
  it.each([
    ['with a discount', order],
    ['without any', plain],
  ])(
    'without tax, %s, has the treatment that the header says, or none can be made',
    async (_what, content) => {
      const desk = await openShop({})
      const { order: id } = await desk.orders.place(content, newKey())
      const [issued] = (await desk.invoices.list({ order: id })).items
      if (issued === undefined) throw new Error('nothing was billed')
      const untaxed = {
        category: 'E',
        components: [{ name: 'USt', percent: '0' }],
        exemption: 'Kein Ausweis von Umsatzsteuer, § 19 UStG',
      } as const
      const document = invoiceFromRecord(issued, { ...header, untaxed })
      expect(fatal(document)).toEqual([])
      expect(document).toMatchObject({
        totals: { tax: '0.00', due: issued.total.amount },
        taxes: [{ category: 'E' }],
      })
      expect(() => invoiceFromRecord(issued, header)).toThrow('nobody says how it is taxed')
    },
  )

  it('F128 of goods that are free of one of their taxes says why on their line, beside the tax that is due', async () => {
    const desk = await openShop({
      tax: {
        seller: { country: 'CA' },
        rates: [
          { country: 'CA', percent: '5', name: 'GST' },
          { country: 'CA', subdivision: 'CA-BC', percent: '7', name: 'PST', adds: true as const },
        ].map(({ name, percent, ...rate }) => ({
          ...rate,
          taxClass: 'standard',
          from: '2000-01-01',
          category: 'S',
          components: [{ name, percent }],
        })),
      },
    })
    await desk.parties.register({ id: 'kim', roles: ['customer'] }, newKey())
    await desk.parties.declareTaxes({
      party: 'kim',
      exemptions: [
        {
          certificate: 'C-1',
          country: 'CA',
          subdivision: 'CA-BC',
          category: 'E',
          reason: 'Resale PST',
          from: '2026-01-01',
        },
      ],
    })
    const sold = { ...plain, lines: [{ sku: 'MUG', quantity: 4 }], customer: 'kim' }
    const { order: id } = await desk.orders.place(
      { ...sold, taxPlace: { country: 'CA', subdivision: 'CA-BC' } },
      newKey(),
    )
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    const document = invoiceFromRecord(issued, header)
    expect(fatal(document)).toEqual([])
    expect(document.taxes).toEqual([{ taxable: '31.80', tax: '1.59', category: 'S', rate: '5' }])
    expect(document.lines).toMatchObject([{ note: 'Resale PST', tax: { category: 'S', rate: '5' } }])
    for (const read of await readBack(document)) expect(read).toEqual(document)
  })

  it('of a deposit has its own type, and what it claimed stands as paid on the invoice that follows', async () => {
    const desk = await openShop({ tax: germanTax })
    const { order: id } = await desk.orders.place({ ...order, invoiceTrigger: 'on_shipment' }, newKey())
    await desk.orders.confirm({ order: id })
    const claimed = await desk.invoices.billDeposit(
      { order: id, deposit: { percent: '30' }, name: 'Anzahlung' },
      newKey(),
    )
    const deposit = invoiceFromRecord(await desk.invoices.get({ invoice: claimed.invoice }), header)
    const { fulfillments } = await desk.fulfillments.plan({ order: id })
    const { shipment } = await desk.fulfillments.pack({ fulfillment: fulfillments[0]?.fulfillment ?? '' })
    const { invoice = '' } = await desk.shipments.ship({ shipment, carrier: 'Parcel Post' })
    const final = invoiceFromRecord(await desk.invoices.get({ invoice }), header)
    for (const document of [deposit, final]) {
      expect(fatal(document)).toEqual([])
      for (const read of await readBack(document)) expect(read).toEqual(document)
    }
    expect(deposit).toMatchObject({ typeCode: '386', totals: { due: '139.54' } })
    expect(final).toMatchObject({
      typeCode: '380',
      precedingInvoices: [{ number: deposit.number, issuedOn: '2026-03-01' }],
      totals: { gross: '465.13', prepaid: '139.54', due: '325.59' },
    })
  })

  it('of an order that it closes names the earlier invoices of it, by day, besides the deposits that it deducts', async () => {
    const desk = await openShop({ tax: germanTax })
    const { order: id } = await desk.orders.place({ ...order, invoiceTrigger: 'on_shipment' }, newKey())
    await desk.orders.confirm({ order: id })
    const claimed = await desk.invoices.billDeposit({ order: id, deposit: { percent: '10' } }, newKey())
    const shipped = async (lines?: readonly { readonly line: string; readonly quantity: number }[]) => {
      const { fulfillments } = await desk.fulfillments.plan({
        order: id,
        ...(lines !== undefined && { lines: [...lines] }),
      })
      const { shipment } = await desk.fulfillments.pack({ fulfillment: fulfillments[0]?.fulfillment ?? '' })
      const { invoice = '' } = await desk.shipments.ship({ shipment, carrier: 'Parcel Post' })
      return desk.invoices.get({ invoice })
    }
    const first = await shipped([{ line: 'L1', quantity: 20 }])
    const second = await shipped([{ line: 'L1', quantity: 10 }])
    const final = await shipped()
    const debit = (invoice: string) =>
      desk.invoices.debit({ invoice, reason: 'more', lines: [{ line: 'L1', quantity: 1 }] }, newKey())
    const more = await debit(first.id)
    await debit(final.id)
    const debited = await desk.invoices.get({ invoice: more.invoice })
    const { items } = await desk.invoices.list({ order: id })
    expect(items).toHaveLength(6)
    const numbersOn = (own: Partial<IssuedHeader>, invoice = final) =>
      invoiceFromRecord(invoice, { ...header, ...own }).precedingInvoices?.map(({ number }) => number)
    const earlierInvoices = [...items]
    const deposit = claimed.invoiceNumber
    expect(numbersOn({})).toEqual([deposit])
    expect(numbersOn({ earlierInvoices })?.[0]).toBe(deposit)
    expect(numbersOn({ earlierInvoices })?.slice(1).toSorted()).toEqual(
      [first.number, second.number, debited.number].toSorted(),
    )
    const [one, other] = [first, second].map((each) => ({ ...each, status: 'issued' }))
    if (one === undefined || other === undefined) throw new Error('nothing was shipped')
    const dated = (issuedOn: string, invoice: typeof one) => ({ ...invoice, issuedOn })
    expect(numbersOn({ earlierInvoices: [dated('2026-02-28', one), dated('2026-02-27', other)] })).toEqual([
      deposit,
      second.number,
      first.number,
    ])
    expect(
      numbersOn({ earlierInvoices: [dated('2026-03-02', one), { ...other, status: 'voided' }] }),
    ).toEqual([deposit])
    const document = invoiceFromRecord(final, { ...header, earlierInvoices })
    expect(fatal(document)).toEqual([])
    expect(document).not.toHaveProperty('earlierInvoices')
    expect(document.totals.due).toBe(final.payable.amount)
    expect((await readInvoice(writeUbl(document))).invoice).toEqual(document)
  })

  it('of a debit note has its own type, names the invoice it corrects, says why, and keeps every rule', async () => {
    const desk = await openShop({ tax: germanTax })
    const { order: id } = await desk.orders.place(order, newKey())
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    const line = issued.lines[0]?.line ?? ''
    const amount = { amount: '10.00', currency: 'EUR' }
    for (const wanted of [{ corrections: [{ line, amount }] }, { lines: [{ line, quantity: 3 }] }]) {
      const debited = await desk.invoices.debit(
        { invoice: issued.id, reason: 'too little', ...wanted },
        newKey(),
      )
      const document = invoiceFromRecord(await desk.invoices.get({ invoice: debited.invoice }), header)
      expect(fatal(document)).toEqual([])
      for (const read of await readBack(document)) expect(read).toEqual(document)
      expect(document).toMatchObject({
        typeCode: '383',
        precedingInvoices: [{ number: issued.number, issuedOn: '2026-03-01' }],
        notes: [{ text: 'too little' }, ...(header.notes ?? [])],
        totals: { due: debited.total.amount },
      })
    }
  })

  it('has the number that the buyer gave the order, whether it claims a deposit, units, more, or takes back (BT-13)', async () => {
    const desk = await openShop({ tax: germanTax })
    const { order: id } = await desk.orders.place({ ...order, purchaseOrder: 'PO-4711' }, newKey())
    const unclaimed = await desk.orders.place(
      { ...order, invoiceTrigger: 'on_shipment', purchaseOrder: 'PO-4712' },
      newKey(),
    )
    await desk.orders.confirm({ order: unclaimed.order })
    const deposit = await desk.invoices.billDeposit(
      { order: unclaimed.order, deposit: { percent: '30' } },
      newKey(),
    )
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    const debited = await desk.invoices.debit(
      { invoice: issued.id, reason: 'too little', lines: [{ line: 'L1', quantity: 1 }] },
      newKey(),
    )
    const { creditNote } = await desk.invoices.credit({ invoice: issued.id, reason: 'back' }, newKey())
    const credited = await desk.invoices.creditNote({ creditNote })
    const documents = [
      invoiceFromRecord(issued, header),
      invoiceFromRecord(await desk.invoices.get({ invoice: debited.invoice }), header),
      creditNoteFromRecord(credited, header),
      invoiceFromRecord(await desk.invoices.get({ invoice: deposit.invoice }), header),
    ]
    expect(documents.map(({ purchaseOrderReference }) => purchaseOrderReference)).toEqual([
      'PO-4711',
      'PO-4711',
      'PO-4711',
      'PO-4712',
    ])
    for (const document of documents) {
      for (const xml of [writeUbl(document, { draft: true }), writeCii(document, { draft: true })]) {
        expect(xml).toMatch(/<(?:cbc:ID|ram:IssuerAssignedID)>PO-471[12]</)
        expect(xml).not.toContain('>NA<')
      }
    }
    const own = { ...header, purchaseOrderReference: 'ours' }
    expect(invoiceFromRecord(issued, own).purchaseOrderReference).toBe('ours')
  })

  it('of periods says which days each line is for, first and last included (BG-26), and the whole invoice (BG-14)', async () => {
    const desk = await openShop({ tax: germanTax })
    await desk.catalog.define({
      sku: 'CARE',
      name: 'Wartung',
      price: { amount: '30.00', currency: 'EUR' },
      stocked: false,
    })
    const recurring = { anchor: '2026-02-20', unit: 'month', align: 'calendar', periods: 3 } as const
    const { order: id } = await desk.orders.place(
      {
        ...order,
        lines: [
          { sku: 'CARE', quantity: 1, recurring },
          { sku: 'CARE', quantity: 2, recurring: { ...recurring, anchor: '2026-02-01' } },
        ],
      },
      newKey(),
    )
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    const document = invoiceFromRecord(issued, header)
    expect(fatal(document)).toEqual([])
    for (const read of await readBack(document)) expect(read).toEqual(document)
    expect(document).toMatchObject({
      period: { from: '2026-02-01', to: '2026-03-31' },
      lines: [
        { quantity: '1.321429', net: '39.64', period: { from: '2026-02-20', to: '2026-03-31' } },
        { net: '120.00', period: { from: '2026-02-01', to: '2026-03-31' } },
      ],
    })
  })

  it('is refused for an invoice that was voided', async () => {
    const desk = await openShop({ tax: germanTax })
    const { order: id } = await desk.orders.place(order, newKey())
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    await desk.invoices.void({ invoice: issued.id, reason: 'wrong-customer' })
    const voided = await desk.invoices.get({ invoice: issued.id })
    expect(() => invoiceFromRecord(voided, header)).toThrow(`invoice ${issued.number} was voided`)
  })

  it('is refused where the tax was rounded per line', async () => {
    const desk = await openShop({ tax: germanTax, totals: { profile: 'per_line' } })
    const { order: id } = await desk.orders.place(order, newKey())
    const [issued] = (await desk.invoices.list({ order: id })).items
    if (issued === undefined) throw new Error('nothing was billed')
    expect(() => invoiceFromRecord(issued, header)).toThrow('tax that is rounded per line')
  })
})

const vat = (percent: string) => ({ category: 'S', components: [{ name: 'VAT', percent }] }) as const
const treatmentArb = fc.constantFrom(vat('19'), vat('7'), vat('5.5'), {
  category: 'E',
  components: [{ name: 'VAT', percent: '0' }],
  exemption: 'Exempt by law',
})
const cents = (most: number) =>
  fc.integer({ min: 0, max: most }).map((minor) => ({ amount: (minor / 100).toFixed(2), currency: 'EUR' }))
const adjustmentArb = fc.oneof(
  fc.record({
    kind: fc.constantFrom('discount', 'charge'),
    reason: fc.constant('agreed'),
    percent: fc.integer({ min: 0, max: 20 }).map(String),
  }),
  fc.record({
    kind: fc.constantFrom('discount', 'charge'),
    reason: fc.constant('agreed'),
    amount: cents(50),
  }),
)
const contentArb = fc.record({
  channel: fc.constant('web'),
  currency: fc.constant('EUR'),
  prices: fc.constantFrom('net', 'gross'),
  lines: fc.array(
    fc.record({
      sku: fc.constant('NAIL'),
      quantity: fc.integer({ min: 1, max: 9 }),
      unitPrice: fc
        .integer({ min: 1_000, max: 999_999 })
        .map((units) => ({ amount: (units / 10_000).toFixed(4), currency: 'EUR' })),
      adjustments: fc.array(adjustmentArb, { maxLength: 2 }),
      tax: treatmentArb,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  adjustments: fc.array(adjustmentArb, { maxLength: 2 }),
})

const viewOf = <Document extends Invoice | CreditNote>(document: Document) => ({
  ...document,
  lines: document.lines.map((line) => ({
    ...line,
    unit: line.unit.code,
    quantity: writeQuantity(line.quantity, line.unit),
  })),
})

describe('electronic documents of any partition of an order', () => {
  it('MO3 MO4 break no rule of EN 16931 and come to what was issued, for partial invoices and credit notes alike', () => {
    let documents = 0
    fc.assert(
      fc.property(contentArb, fc.infiniteStream(fc.nat({ max: 9 })), (content, choices) => {
        const books = openBooks()
        books.product('NAIL', 0)
        const placed = books.order(content)
        if (!placed.ok) return
        const left = placed.value.lines.map(({ id, quantity }) => ({ line: id as never, quantity }))
        const issued: (Invoice | CreditNote)[] = []
        while (left.some(({ quantity }) => quantity > 0)) {
          const lines = left.flatMap((line) => {
            const quantity = Math.min(line.quantity, choices.next().value ?? 1)
            line.quantity -= quantity
            return quantity === 0 ? [] : [{ line: line.line, quantity }]
          })
          if (lines.length > 0) issued.push(books.bill(placed.value.id, lines))
        }
        const [first] = issued
        const credit = books.credit(first?.id as never)
        if (credit.ok) issued.push(credit.value)
        for (const record of issued) {
          const document =
            'dueOn' in record
              ? invoiceFromRecord(viewOf(record), header)
              : creditNoteFromRecord(viewOf(record), { ...header, paymentTerms: 'paid out' })
          documents += 1
          expect(fatal(document)).toEqual([])
          expect(document.totals.due).toBe(record.total.amount)
          expect(toMinor(record.total)).toBe(toMinor(record.totals?.gross ?? record.total))
        }
      }),
      { numRuns: 400 },
    )
    expect(documents).toBeGreaterThan(800)
  })
})
