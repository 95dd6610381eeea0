import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { documentLanguages, readInvoice, specifications, validateInvoice } from 'orderwright/documents'
import { hybridInvoicePdf, invoicePdf } from 'orderwright/pdf'
import { fullCreditNote, fullInvoice } from '../documents/sample-invoices.js'
import { readPdf } from './read-pdf.js'

const japaneseFont = {
  regular: await readFile(
    'node_modules/@fontsource/sawarabi-gothic/files/sawarabi-gothic-japanese-400-normal.woff',
  ),
}

const [mug, coffee] = fullInvoice.lines
if (mug === undefined || coffee === undefined) throw new Error('the sample has two lines')

const withItems = (names: readonly string[]) => ({
  ...fullInvoice,
  lines: names.map((name, index) => ({ ...coffee, id: String(index + 1), item: { name } })),
})

const textOf = async (bytes: Uint8Array): Promise<string> => (await readPdf(bytes)).pages.join('\n')

describe('invoicePdf (M68)', { timeout: 60_000 }, () => {
  it('prints parties, numbers, dates, lines, discounts, taxes, totals, payment and notes', async () => {
    const text = await textOf(await invoicePdf(fullInvoice, { language: 'de' }))
    for (const part of [
      'Rechnung RE-2026-00017',
      'Muster GmbH',
      'Käufer AG',
      '20095 Hamburg',
      '1. März 2026',
      '31. März 2026',
      'PO-4711',
      'DE987654321',
      'Mug',
      'Discount 2,5\u00a0%: -5,00',
      '2,5\u00a0kg',
      'Loyalty 5\u00a0% (USt. 19\u00a0%)',
      '-10,00\u00a0€',
      'USt. 19\u00a0%',
      '37,05',
      '274,85\u00a0€',
      '-74,80\u00a0€',
      '200,10\u00a0€',
      '30 days net',
      'DE02\u00a01203\u00a00000\u00a00000\u00a02020\u00a051',
      'RF18539007547034',
      'Thank you for <your> order & trust',
    ]) {
      expect(text).toContain(part)
    }
  })

  it.each([
    ['380', 'Invoice'],
    ['381', 'Credit note'],
    ['384', 'Corrected invoice'],
    ['386', 'Deposit invoice'],
    ['326', 'Partial invoice'],
    ['325', 'Proforma invoice'],
  ])('calls a document of type %s a %s', async (typeCode, title) => {
    const bytes = await invoicePdf({ ...fullInvoice, typeCode }, { language: 'en', draft: true })
    expect(await textOf(bytes)).toContain(`${title} RE-2026-00017`)
  })

  it('prints 200 lines over many pages, each line once, each page with the head of the table and its number', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `Article no. ${index + 1}.`)
    const { pages } = await readPdf(await invoicePdf(withItems(names), { language: 'en', draft: true }))
    const text = pages.join('\n')
    for (const name of names) expect(text.split(`${name}\n`)).toHaveLength(2)
    expect(pages.length).toBeGreaterThan(4)
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
      if (page.includes('Article no.')) expect(page).toContain('Unit price')
    })
  })

  it('breaks a name without blanks, and goes on with the next page within a line longer than a page', async () => {
    const name = `Begin${'~'.repeat(400)}End`
    const note = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ')
    const line = { ...coffee, item: { name }, note }
    const { pages } = await readPdf(
      await invoicePdf({ ...fullInvoice, lines: [line] }, { language: 'en', draft: true, paper: 'Letter' }),
    )
    const text = pages.join('\n').replaceAll('\n', '')
    expect(text).toContain('Begin~')
    expect(text).toContain('~End')
    expect(text.split('~')).toHaveLength(401)
    for (let index = 0; index < 900; index += 1) expect(text).toContain(`word${index}`)
  })

  it('prints Arabic and Hebrew names', async () => {
    const text = await textOf(
      await invoicePdf(withItems(['كوب أزرق', 'ספל כחול 3']), { language: 'en', draft: true }),
    )
    expect(text).toContain('ספל'.split('').reverse().join(''))
    expect(text).toContain('3')
  })

  it('takes the marks out of a name that would turn an amount round', async () => {
    const text = await textOf(
      await invoicePdf(withItems(['Mug \u202e05.99\u202c\u0007']), { language: 'en', draft: true }),
    )
    expect(text).toContain('Mug 05.99')
  })

  it.each(documentLanguages)('prints in %s', async (language) => {
    const bytes = await invoicePdf(fullCreditNote, { language, fonts: [japaneseFont] })
    expect(await textOf(bytes)).toContain(fullCreditNote.number)
  })

  it('refuses a character that no font has, and takes the font that has it', async () => {
    const invoice = withItems(['青いマグ'])
    await expect(invoicePdf(invoice, { language: 'en', draft: true })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('U+9752') as string,
    })
    const bytes = await invoicePdf(invoice, { language: 'en', draft: true, fonts: [japaneseFont] })
    expect(await textOf(bytes)).toContain('青いマグ')
  })

  it('gives the same bytes for the same document', async () => {
    const first = await invoicePdf(fullInvoice, { language: 'fr' })
    expect(Buffer.from(await invoicePdf(fullInvoice, { language: 'fr' })).equals(first)).toBe(true)
    const other = await invoicePdf({ ...fullInvoice, issuedOn: '2026-03-02' }, { language: 'fr' })
    expect(Buffer.from(other).equals(first)).toBe(false)
  })

  it('refuses a document with a fatal finding unless a draft is asked for', async () => {
    const wrong = { ...fullInvoice, totals: { ...fullInvoice.totals, gross: '1.00' } }
    expect(() => invoicePdf(wrong, { language: 'en' })).toThrow(
      expect.objectContaining({ code: 'document_invalid' }),
    )
    expect(await textOf(await invoicePdf(wrong, { language: 'en', draft: true }))).toContain('€1.00')
  })
})

describe('hybridInvoicePdf (F118)', { timeout: 60_000 }, () => {
  it.each([
    ['en16931', 'factur-x.xml', 'EN 16931'],
    ['xrechnung', 'xrechnung.xml', 'XRECHNUNG'],
  ] as const)('carries an invoice of %s that reads back the same', async (specification, name, level) => {
    const { taxCurrency: _currency, ...plain } = fullInvoice
    const { taxInTaxCurrency: _amount, ...totals } = fullInvoice.totals
    const [means] = fullInvoice.payment?.creditTransfers ?? []
    if (means === undefined) throw new Error('the sample has an account')
    const invoice = {
      ...plain,
      totals,
      specification: specifications[specification],
      payment: { meansCode: '58', creditTransfers: [means] },
    }
    const { files, metadata } = await readPdf(await hybridInvoicePdf(invoice, { language: 'de' }))
    expect(files).toEqual([{ name, relationship: '/Alternative', text: expect.any(String) as string }])
    const read = await readInvoice(files[0]?.text ?? '')
    expect(read.syntax).toBe('cii')
    expect(read.invoice).toEqual(invoice)
    expect(validateInvoice(read.invoice).filter(({ flag }) => flag === 'fatal')).toEqual([])
    expect(metadata).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(metadata).toContain(`<fx:DocumentFileName>${name}</fx:DocumentFileName>`)
    expect(metadata).toContain(`<fx:ConformanceLevel>${level}</fx:ConformanceLevel>`)
  })

  it('has metadata that is well-formed whatever the seller is called', async () => {
    const invoice = { ...fullInvoice, seller: { ...fullInvoice.seller, name: 'Tom & <Jerry>' } }
    const { metadata } = await readPdf(await hybridInvoicePdf(invoice, { language: 'en' }))
    expect(metadata).toContain('Tom &amp; &lt;Jerry&gt;')
  })

  it('refuses Peppol, which has no profile there', () => {
    const invoice = { ...fullInvoice, specification: specifications.peppol }
    expect(() => hybridInvoicePdf(invoice, { language: 'en', draft: true })).toThrow(
      expect.objectContaining({ code: 'configuration' }),
    )
  })
})
