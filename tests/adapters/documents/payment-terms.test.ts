import {
  invoiceFromRecord,
  invoiceHtml,
  readInvoice,
  specifications,
  validateInvoice,
  writeCii,
  writeUbl,
  type DocumentLanguage,
  type ElectronicInvoice,
} from 'orderwright/documents'
import { epcTextOf, hybridInvoicePdf, invoicePdf } from 'orderwright/pdf'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../pdf/read-pdf.js'
import { newKey } from '../../support/shop.js'
import { germanTax } from '../../support/tax.js'
import { openDesk } from './desk.js'
import { fullInvoice, issuedHeader as header } from './sample-invoices.js'

const paymentTerms = {
  '2-10-net-30': { due: { rule: 'days', days: 30 }, discount: { percent: '2', days: 10 } },
  odd: { due: { rule: 'days', days: 30 }, discount: { percent: '2.125', days: 10 } },
  halves: {
    instalments: [
      { share: 1, due: { rule: 'days', days: 14 } },
      { share: 1, due: { rule: 'day_of_month', months: 1, day: 15 } },
    ],
  },
} as const

/** An invoice of 119.00 that was issued on 1 March 2026. */
const issued = async (
  termsName: keyof typeof paymentTerms,
  withholdings: readonly { readonly name: string; readonly percent: string; readonly on: 'net' }[] = [],
) => {
  const desk = openDesk({ tax: germanTax, paymentTerms })
  await desk.catalog.define({
    sku: 'MUG',
    name: 'Tasse',
    price: { amount: '10.00', currency: 'EUR' },
    taxClass: 'standard',
    stocked: false,
  })
  const { invoice = '' } = await desk.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      invoiceTrigger: 'on_order',
      lines: [{ sku: 'MUG', quantity: 10 }],
      payment: { method: 'bank_transfer', terms: 'on_account', termsName },
      shipTo: { name: 'Käufer AG', street: 'Ring 5', city: 'Hamburg', postalCode: '20095', country: 'DE' },
      ...(withholdings.length > 0 && { withholdings: [...withholdings] }),
    },
    newKey(),
  )
  return desk.invoices.get({ invoice })
}

const fatal = (document: ElectronicInvoice) =>
  validateInvoice(document).filter(({ flag }) => flag === 'fatal')

const syntaxes = { ubl: writeUbl, cii: writeCii }

const readBack = (document: ElectronicInvoice, language?: DocumentLanguage) =>
  Promise.all(
    Object.values(syntaxes).map(async (write) => {
      const xml = write(document, { draft: true, ...(language !== undefined && { language }) })
      return (await readInvoice(xml)).invoice
    }),
  )

describe('a discount for early payment on a document', () => {
  it('stands behind the terms of the host in words, with its days, its percentage and its amounts', async () => {
    const document = invoiceFromRecord(await issued('2-10-net-30'), { ...header, paymentTerms: 'Danke!' })
    expect(fatal(document)).toEqual([])
    const { earlyPayment, ...said } = document
    expect(earlyPayment).toEqual({
      percent: '2',
      days: 10,
      until: '2026-03-11',
      discount: '2.38',
      payable: '116.62',
    })
    const english =
      'Danke!\nIf paid by March 11, 2026 (10 days): 2% discount (2.38 EUR), to be paid 116.62 EUR.'
    for (const read of await readBack(document)) expect(read).toEqual({ ...said, paymentTerms: english })
    const german =
      'Danke!\nBei Zahlung bis zum 11. März 2026 (10 Tage): 2\u00a0% Skonto (2,38 EUR), zu zahlen 116,62 EUR.'
    for (const read of await readBack(document, 'de')) expect(read.paymentTerms).toBe(german)
    expect(document).toMatchObject({ dueOn: '2026-03-31', totals: { due: '119.00' } })
  })

  it.each(['ubl', 'cii'] as const)(
    'has in XRechnung the form that it demands, in a line of its own that ends (BR-DE-18), in %s',
    async (syntax) => {
      const record = await issued('2-10-net-30')
      const document = invoiceFromRecord(record, { ...header, specification: specifications.xrechnung })
      const write = (paymentTerms?: string): string =>
        syntaxes[syntax](paymentTerms === undefined ? document : { ...document, paymentTerms }, {
          draft: true,
          language: 'de',
        })
      expect(write()).toContain('>#SKONTO#TAGE=10#PROZENT=2.00#&#10;</')
      expect(write('Danke!')).toContain('>Danke!&#10;#SKONTO#TAGE=10#PROZENT=2.00#&#10;</')
      expect(write('#SKONTO#TAGE=10#PROZENT=2.00#')).toContain('>#SKONTO#TAGE=10#PROZENT=2.00#&#10;</')
      expect(write('#SKONTO#TAGE=5#PROZENT=3.00#')).toContain(
        '>#SKONTO#TAGE=5#PROZENT=3.00#&#10;#SKONTO#TAGE=10#PROZENT=2.00#&#10;</',
      )
      const { invoice } = await readInvoice(write())
      expect(syntaxes[syntax](invoice, { draft: true })).toContain('>#SKONTO#TAGE=10#PROZENT=2.00#&#10;</')
    },
  )

  it('has the same form in Peppol where both are in Germany (DE-R-018), and only there', async () => {
    const record = await issued('2-10-net-30')
    const document = invoiceFromRecord(record, { ...header, specification: specifications.peppol })
    const { buyer } = document
    const french = { ...document, buyer: { ...buyer, address: { ...buyer.address, country: 'FR' } } }
    const [german] = await readBack({
      ...document,
      buyer: { ...buyer, address: { ...buyer.address, country: 'DE' } },
    })
    expect(german?.paymentTerms).toBe('#SKONTO#TAGE=10#PROZENT=2.00#')
    const [abroad] = await readBack(french)
    expect(abroad?.paymentTerms).toContain('2% discount (2.38 EUR)')
  })

  it('names in that form what it is a part of, where the buyer withholds some of what is due', async () => {
    const record = await issued('2-10-net-30', [{ name: 'IRPF', percent: '15', on: 'net' }])
    const document = invoiceFromRecord(record, { ...header, specification: specifications.xrechnung })
    expect(document.earlyPayment).toMatchObject({ discount: '2.08', payable: '101.92' })
    for (const read of await readBack(document, 'de')) {
      expect(read.paymentTerms?.split('\n')).toEqual([
        'Einbehalten vom Käufer: IRPF 15\u00a0% von 100,00: 15,00 EUR.',
        'Zahlbetrag: 104,00 EUR.',
        '#SKONTO#TAGE=10#PROZENT=2.00#BASISBETRAG=104.00#',
      ])
    }
  })

  it('is said in words where that form has too few decimals for its percentage', async () => {
    const record = await issued('odd')
    const document = invoiceFromRecord(record, { ...header, specification: specifications.xrechnung })
    for (const { paymentTerms: terms } of await readBack(document)) {
      expect(terms).toContain('2.125% discount (2.53 EUR), to be paid 116.47 EUR')
      expect(terms).not.toContain('SKONTO')
    }
  })

  it('is no part of a document on which nothing is due', async () => {
    const record = await issued('2-10-net-30')
    const nothing = { amount: '0.00', currency: 'EUR' } as typeof record.total
    const discount = { percent: '2', until: record.issuedOn, amount: nothing }
    expect(invoiceFromRecord({ ...record, discount }, header)).not.toHaveProperty('earlyPayment')
    const instalments = [{ dueOn: record.issuedOn, amount: nothing }]
    const settled = invoiceFromRecord({ ...record, instalments }, header)
    expect(settled).not.toHaveProperty('instalments')
    expect(settled.dueOn).toBe(record.dueOn)
  })
})

describe('instalments on a document', () => {
  it('stand behind the terms with their days and amounts, and the first day is the due date (BT-9)', async () => {
    const record = await issued('halves')
    const document = invoiceFromRecord(record, header)
    expect(fatal(document)).toEqual([])
    expect(record.dueOn).toBe('2026-04-15')
    expect(document).toMatchObject({
      dueOn: '2026-03-15',
      instalments: [
        { dueOn: '2026-03-15', amount: '59.50' },
        { dueOn: '2026-04-15', amount: '59.50' },
      ],
      totals: { due: '119.00' },
    })
    const { instalments: _instalments, ...said } = document
    const terms = 'Rate 1: 59,50 EUR, fällig am 15. März 2026.\nRate 2: 59,50 EUR, fällig am 15. April 2026.'
    for (const read of await readBack(document, 'de')) expect(read).toEqual({ ...said, paymentTerms: terms })
    expect(writeCii(document).match(/<ram:SpecifiedTradePaymentTerms>/g)).toHaveLength(1)
  })

  it('stand on the page with the days from the first to the last', async () => {
    const document = invoiceFromRecord(await issued('halves'), header)
    const html = invoiceHtml(document, { language: 'de' })
    for (const text of [
      '15. März 2026 – 15. April 2026',
      'Rate 1: 59,50\u00a0€, fällig am 15. März 2026.',
      'Rate 2: 59,50\u00a0€, fällig am 15. April 2026.',
    ]) {
      expect(html).toContain(text)
    }
  })

  it('ask with the code for a transfer for the first of them', async () => {
    const document = invoiceFromRecord(await issued('halves'), header)
    expect(epcTextOf(document)?.split('\n')[7]).toBe('EUR59.50')
  })
})

const earlyPayment = {
  percent: '2',
  days: 1,
  until: '2026-03-11',
  discount: '4.00',
  payable: '1196.10',
}
const instalments = [{ dueOn: '2026-03-15', amount: '1200.10' }]

describe('pages', () => {
  it('have the lines as PDF too, and its file says them in the same language', async () => {
    const printed = { ...fullInvoice, earlyPayment, instalments }
    const lines = ['Skonto (4,00\u00a0€), zu zahlen 1.196,10\u00a0€.', 'fällig am 15. März 2026.']
    const { pages } = await readPdf(await invoicePdf(printed, { language: 'de' }))
    for (const line of lines) expect(pages.join('\n')).toContain(line)
    const { files } = await readPdf(await hybridInvoicePdf(printed, { language: 'de' }))
    expect(files[0]?.text).toContain('Skonto (4,00 EUR), zu zahlen 1.196,10 EUR.')
  })

  it.each([
    ['en', 'If paid by March 11, 2026 (1 day): 2% discount (€4.00), to be paid €1,196.10.'],
    ['en', 'Installment 1: €1,200.10, due March 15, 2026.'],
    ['en-GB', 'Instalment 1: €1,200.10, due 15 March 2026.'],
    [
      'de',
      'Bei Zahlung bis zum 11. März 2026 (1 Tag): 2\u00a0% Skonto (4,00\u00a0€), zu zahlen 1.196,10\u00a0€.',
    ],
    ['fr', 'escompte de 2\u202f% (4,00\u00a0€), net à payer 1\u202f196,10\u00a0€.'],
    ['es', 'descuento por pronto pago del 2\u00a0% (4,00\u00a0€), a pagar 1196,10\u00a0€.'],
    [
      'it',
      'Per pagamento entro 1 giorno (11 marzo 2026): sconto 2% (4,00\u00a0€), da pagare 1196,10\u00a0€.',
    ],
    ['nl', '(1 dag): 2% betalingskorting (€\u00a04,00), te betalen €\u00a01.196,10.'],
    ['ja', '2026年3月11日（1日以内）までのお支払い：早期支払割引 2%（€4.00）、お支払額 €1,196.10'],
    ['ja', '第1回：€1,200.10、支払期限 2026年3月15日'],
  ] as const)('say in %s: %s', (language, sentence) => {
    expect(invoiceHtml({ ...fullInvoice, earlyPayment, instalments }, { language })).toContain(sentence)
  })
})
