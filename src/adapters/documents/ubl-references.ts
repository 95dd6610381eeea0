import type { Attachment, InvoicePeriod } from './electronic-invoice.js'
import { group, text, type XmlNode } from './xml-node.js'

/** BG-14, BG-26, and BT-8 in the header. */
export const ublPeriod = (period: InvoicePeriod | undefined, taxPointCode?: string): XmlNode | undefined =>
  group(
    'cac:InvoicePeriod',
    text('cbc:StartDate', period?.from),
    text('cbc:EndDate', period?.to),
    text('cbc:DescriptionCode', taxPointCode),
  )

/** A document of a kind that UBL tells by a code of UNTDID 1001: 130 an invoiced object, 50 a project. */
export const ublDocumentReference = (
  name: string,
  id: string | undefined,
  typeCode: string,
  scheme?: string,
): XmlNode | undefined =>
  id === undefined || id === ''
    ? undefined
    : group(name, text('cbc:ID', id, { schemeID: scheme }), text('cbc:DocumentTypeCode', typeCode))

/** BG-24 */
export const ublAttachment = ({ id, description, location, file }: Attachment): XmlNode | undefined =>
  group(
    'cac:AdditionalDocumentReference',
    text('cbc:ID', id),
    text('cbc:DocumentDescription', description),
    group(
      'cac:Attachment',
      text('cbc:EmbeddedDocumentBinaryObject', file?.base64, {
        mimeCode: file?.mimeCode,
        filename: file?.name,
      }),
      group('cac:ExternalReference', text('cbc:URI', location)),
    ),
  )
