// Sales in five countries, a project in parts and a customer with an account, each issued by one business and written as PDF, hybrid PDF, UBL, CII and HTML:
// `npm run example -- invoices [FOLDER]`.
import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  invoiceHtml,
  readInvoice,
  validateInvoice,
  writeCii,
  writeUbl,
  type ElectronicInvoice,
} from 'orderwright/documents'
import { hybridInvoicePdf, invoicePdf } from 'orderwright/pdf'
import { account } from './account.js'
import { openBusiness } from './business.js'
import type { Case } from './case.js'
import { countries } from './countries.js'
import { project } from './project.js'

const folder = process.argv[2] ?? 'invoices-out'
await mkdir(folder, { recursive: true })

const japaneseFont = {
  regular: await readFile(
    'node_modules/@fontsource/sawarabi-gothic/files/sawarabi-gothic-japanese-400-normal.woff',
  ),
}

/** What is withheld has no field of its own in EN 16931: it is written behind the payment terms (BT-20), for people to read. */
const asRead = ({ withheld: _withheld, paymentTerms, ...invoice }: ElectronicInvoice) => ({
  ...invoice,
  paymentTerms: paymentTerms?.replace(/\n?Withheld by the buyer: .*/s, '') || undefined,
})

/** CII has room for one preceding invoice (BG-3): it names the others in a note, for people to read. */
const withOneReference = ({
  precedingInvoices = [],
  notes: _notes,
  ...invoice
}: ReturnType<typeof asRead>) => ({
  ...invoice,
  precedingInvoices: precedingInvoices.slice(0, 1),
})

const write = async (one: Case): Promise<void> => {
  const { invoice, name } = one
  const options = { ...one, ...(one.language === 'ja' && { fonts: [japaneseFont] }) }
  const [ubl, cii] = [writeUbl(invoice), writeCii(invoice)]
  for (const xml of [ubl, cii]) {
    const { invoice: read, syntax } = await readInvoice(xml)
    const isShort = syntax === 'cii' && (invoice.precedingInvoices ?? []).length > 1
    const compared = (document: ElectronicInvoice): object =>
      isShort ? withOneReference(asRead(document)) : asRead(document)
    assert.deepEqual(compared(read), compared(invoice), `${name} reads back as it was written`)
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

const business = openBusiness()
const { desk } = business
const { germany, france, unitedStates, japan, india, indiaFees } = await countries(business)
const parts = await project(business)
const onAccount = await account(business)
const all = [germany, france, unitedStates, japan, india, indiaFees, ...parts.cases, ...onAccount]
for (const one of all) await write(one)

assert(
  /^[A-Za-z0-9/-]{1,16}$/.test(india.invoice.number),
  'an Indian number has at most 16 letters, digits, hyphens and slashes (Rule 46 of the CGST Rules)',
)
assert(!japan.invoice.totals.gross.includes('.'), 'yen have no decimals')
assert.equal(france.invoice.totals.tax, '0.00', 'the buyer owes the tax')
assert.equal(unitedStates.taxes?.length, 3, 'state, city and district each have their tax')

/** Cents of amounts like `-12.50`. */
const cents = (amounts: readonly (string | undefined)[]): bigint =>
  amounts.reduce((sum, amount = '0.00') => sum + BigInt(amount.replace('.', '')), 0n)
const order = await desk.orders.get({ order: parts.order })
const [deposit, ...others] = parts.cases.map(({ invoice }) => invoice)
const billed = others.filter(({ typeCode }) => typeCode !== '381')
assert.equal(billed.length, 3)
assert.equal(
  cents(billed.map(({ totals }) => totals.gross)),
  cents([order.total.amount]),
  'the parts add up to the order',
)
assert.equal(
  cents([deposit?.totals.due, ...billed.map(({ totals }) => totals.due)]),
  cents([order.total.amount]),
  'what is claimed is the order, the deposit included',
)
console.log(`\nThe project in parts: ${order.total.amount} ${order.total.currency}`)
console.log(
  `deposit ${deposit?.totals.due ?? ''}, then ${billed.map(({ totals }) => totals.due).join(' + ')}\n`,
)

for (const entity of ['germany', 'france', 'united-states', 'japan', 'india']) {
  const { intact } = await desk.invoices.verifyNumbering({ series: 'invoice', legalEntity: entity })
  assert(intact, `the numbers of ${entity} have no gap`)
}

console.log('Why the German invoice has the tax it has, to the cent:\n')
console.log((await desk.orders.trace({ order: germany.order, amount: 'tax' })).text)
console.log('\nWhy the second part of the project has just this tax:\n')
console.log((await desk.invoices.trace({ invoice: parts.invoices[1] ?? '', amount: 'tax' })).text)
console.log(`\n${all.length} documents, each as five files, in ${folder}`)
