import { ConfigurationError } from '../../core/ports/errors.js'
import { checkedInvoice } from '../documents/document-invalid.js'
import type { ElectronicInvoice } from '../documents/electronic-invoice.js'
import { isPeppol, isXRechnung } from '../documents/specifications.js'
import { writeCii } from '../documents/write-cii.js'
import { documentDate, printPdf, type PdfOptions } from './invoice-pdf.js'
import { facturXmp } from './xmp.js'

/**
 * The document as Factur-X 1.0 or ZUGFeRD 2: a PDF/A-3 for people with the same document as CII for programs inside. An invoice of the specification
 * `en16931` has the profile EN 16931, one of `xrechnung` the profile XRECHNUNG; there is none for Peppol, which is `configuration`. Throws as
 * `invoicePdf` does.
 */
export const hybridInvoicePdf = (invoice: ElectronicInvoice, options: PdfOptions): Promise<Uint8Array> => {
  const checked = checkedInvoice(invoice, options)
  const { fileName, level } = profileOf(checked)
  const xml = writeCii(checked, { draft: true, language: options.language })
  return printPdf(checked, options, (pdf) => {
    const date = documentDate(checked)
    pdf.file(Buffer.from(xml, 'utf8'), {
      name: fileName,
      type: 'text/xml',
      description: 'EN 16931 invoice',
      creationDate: date,
      modifiedDate: date,
      // Its type declarations do not know it yet: the XML says the same as the pages.
      ...({ relationship: 'Alternative' } as object),
    })
    pdf.appendXML(facturXmp(fileName, level))
  })
}

const profileOf = ({
  specification,
}: ElectronicInvoice): { readonly fileName: string; readonly level: string } => {
  if (isXRechnung(specification)) return { fileName: 'xrechnung.xml', level: 'XRECHNUNG' }
  if (isPeppol(specification)) {
    throw new ConfigurationError('Factur-X has no profile for Peppol: use the specification en16931')
  }
  return { fileName: 'factur-x.xml', level: 'EN 16931' }
}
