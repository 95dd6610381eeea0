import { invoiceHtml } from '../../../src/adapters/documents/invoice-html.js'
import { readInvoice } from '../../../src/adapters/documents/read-invoice.js'
import { readXml } from '../../../src/adapters/documents/read-xml.js'
import { specifications } from '../../../src/adapters/documents/specifications.js'
import { validateInvoice } from '../../../src/adapters/documents/validate.js'
import { writeCii } from '../../../src/adapters/documents/write-cii.js'
import { writeUbl } from '../../../src/adapters/documents/write-ubl.js'
import type { ElectronicInvoice } from '../../../src/adapters/documents/electronic-invoice.js'
import { fullInvoice } from '../../adapters/documents/sample-invoices.js'
import type { Input, Inputs } from './grown.js'

const times = <Item>(items: readonly Item[] | undefined, size: number): readonly Item[] =>
  Array.from({ length: size }, (_, place) => items?.[place % items.length]).filter(
    (item) => item !== undefined,
  )

/** An invoice in which each list that there is has `size` members. */
const long = (size: number): ElectronicInvoice => ({
  ...fullInvoice,
  notes: times(fullInvoice.notes, size),
  precedingInvoices: times(fullInvoice.precedingInvoices, size),
  attachments: times(fullInvoice.attachments, size),
  allowances: times(fullInvoice.allowances, size),
  charges: times(fullInvoice.charges, size),
  taxes: times(fullInvoice.taxes, size),
  lines: times(fullInvoice.lines, size).map((line, place) => ({
    ...line,
    id: `${place}`,
    item: {
      ...line.item,
      attributes: times(line.item.attributes, 2),
      classifications: times(line.item.classifications, 2),
    },
  })),
})

const reading = (text: (size: number) => string): Input => ({
  sizes: [200, 400, 800],
  prepare: (size) => {
    const xml = `<r>${text(size)}</r>`
    return () => readXml(xml).catch(() => undefined)
  },
})

const declaring = (place: number): string =>
  Array.from({ length: 16 }, (_, name) => ` xmlns:n${place}-${name}="u"`).join('')

const handled = (handle: (invoice: ElectronicInvoice) => unknown): Input => ({
  sizes: [10, 20, 40],
  prepare: (size) => {
    const invoice = long(size)
    return () => handle(invoice)
  },
})

const written = (
  write: (invoice: ElectronicInvoice, options: { readonly draft: true }) => string,
): Input => ({
  sizes: [10, 20, 40],
  prepare: (size) => {
    const xml = write(long(size), { draft: true })
    return () => readInvoice(xml)
  },
})

export const documents: Inputs = {
  'XML with elements side by side': reading((size) => '<a b="c">d</a>'.repeat(size)),
  'XML with elements within each other': reading((size) => `${'<a>'.repeat(size)}${'</a>'.repeat(size)}`),
  'XML with attributes': reading((size) => `<a ${'b="c" '.repeat(size)}/>`),
  'XML with namespaces declared around': reading(
    (size) =>
      `${Array.from({ length: size / 50 }, (_, place) => `<a${declaring(place)}>`).join('')}${'<b/>'.repeat(size)}${'</a>'.repeat(size / 50)}`,
  ),
  'XML with a long text': reading((size) => 'text '.repeat(size)),
  'XML with character references': reading((size) => '&#65;&amp;'.repeat(size)),
  'XML with broken references': reading((size) => '&'.repeat(size)),
  'XML with comments and CDATA': reading((size) => '<!-- - --><![CDATA[]]]]><?p q?>'.repeat(size)),
  'XML without an end': reading((size) => '<a '.repeat(size)),
  'XML with open quotes': reading((size) => '<a b="\' '.repeat(size)),
  'an invoice in UBL': written(writeUbl),
  'an invoice in CII': written(writeCii),
  'the rules of EN 16931': handled(validateInvoice),
  'the rules of Peppol': handled((invoice) =>
    validateInvoice({ ...invoice, specification: specifications.peppol }),
  ),
  'the rules of XRechnung': handled((invoice) =>
    validateInvoice({ ...invoice, specification: specifications.xrechnung }),
  ),
  'an invoice to be printed': handled((invoice) => invoiceHtml(invoice, { language: 'en', draft: true })),
}
