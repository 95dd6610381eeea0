// Invoices of five countries and of one project in parts, as PDF, hybrid PDF, UBL, CII and HTML: `npm run example -- invoices [FOLDER]`.
import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { invoiceHtml, readInvoice, validateInvoice, writeCii, writeUbl } from 'orderwright/documents'
import { hybridInvoicePdf, invoicePdf } from 'orderwright/pdf'
import { currencyDigits } from '../../src/core/money/currency.js'
import { formatDecimal, readDecimal } from '../../src/core/money/decimal-string.js'
import { documentTotals } from '../../src/core/totals/document-totals.js'
import { printTrace, traceTotals } from '../../src/core/totals/trace-totals.js'
import { cases, germanInput, projectInput, type Case } from './cases.js'

const folder = process.argv[2] ?? 'invoices-out'
await mkdir(folder, { recursive: true })

const japaneseFont = {
  regular: await readFile(
    'node_modules/@fontsource/sawarabi-gothic/files/sawarabi-gothic-japanese-400-normal.woff',
  ),
}

const write = async (one: Case): Promise<void> => {
  const { invoice, name } = one
  const options = { ...one, ...(one.language === 'ja' && { fonts: [japaneseFont] }) }
  const [ubl, cii] = [writeUbl(invoice), writeCii(invoice)]
  for (const xml of [ubl, cii]) {
    const { invoice: read } = await readInvoice(xml)
    assert.deepEqual(read, invoice, `${name} reads back as it was written`)
    assert.deepEqual(validateInvoice(read), [], `${name} breaks no rule`)
  }
  const files = {
    'ubl.xml': ubl,
    'cii.xml': cii,
    html: invoiceHtml(invoice, options),
    pdf: await invoicePdf(invoice, options),
    'hybrid.pdf': await hybridInvoicePdf(invoice, options),
  }
  for (const [extension, content] of Object.entries(files)) {
    await writeFile(path.join(folder, `${name}.${extension}`), content)
  }
  console.log(`${name.padEnd(22)} ${invoice.number.padEnd(17)} ${invoice.totals.gross} ${invoice.currency}`)
}

const all = cases()
for (const one of all) await write(one)

const cents = (text: string | undefined): bigint => {
  const { digits, scale } = readDecimal(text ?? '0')
  return digits * 10n ** BigInt(2 - scale)
}
const named = (name: string): Case['invoice'] => {
  const found = all.find((one) => one.name === name)
  assert(found !== undefined, `${name} is one of the documents`)
  return found.invoice
}

const india = named('india').number
assert(india.length <= 16, 'an Indian number has at most 16 characters (Rule 46 of the CGST Rules)')
assert(!named('japan').totals.gross.includes('.'), 'yen have no decimals')
assert.equal(named('france').totals.tax, '0.00', 'the buyer owes the tax')

const order = documentTotals(projectInput)
const parts = ['project-2-partial', 'project-3-partial', 'project-4-final'].map(named)
const sum = (amounts: readonly (string | undefined)[]): bigint =>
  amounts.reduce((total, amount) => total + cents(amount), 0n)
assert.equal(sum(parts.map(({ totals }) => totals.gross)), order.gross, 'the parts add up to the order')
assert.equal(sum(parts.map(({ totals }) => totals.tax)), order.tax, 'and so do their taxes')
assert.equal(
  sum(parts.map(({ totals }) => totals.due)) + cents(named('project-1-deposit').totals.gross),
  order.gross,
  'what is paid is the order, the deposit included',
)
console.log(
  `\nThe project in parts: ${formatDecimal(order.gross, currencyDigits(projectInput.currency))} EUR\n`,
)

console.log('Why the German invoice has the tax it has, to the cent:\n')
console.log(printTrace(traceTotals(germanInput, documentTotals(germanInput), 'tax')))
console.log(`\n${all.length} documents, each as five files, in ${folder}`)
