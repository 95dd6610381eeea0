import type { InvoicePeriod } from './electronic-invoice.js'
import { group, text, type XmlNode } from './xml-node.js'

/** A date as `20260301`, which the format code 102 says. */
export const ciiDate = (name: string, date: string | undefined): XmlNode | undefined =>
  group(name, text('udt:DateTimeString', compact(date), { format: '102' }))

/** The same in an element that holds a qualified date. */
export const ciiFormattedDate = (name: string, date: string | undefined): XmlNode | undefined =>
  group(name, text('qdt:DateTimeString', compact(date), { format: '102' }))

/** The same in an element that holds a day without a time. */
export const ciiDay = (name: string, date: string | undefined): XmlNode | undefined =>
  group(name, text('udt:DateString', compact(date), { format: '102' }))

const compact = (date: string | undefined): string | undefined => date?.replaceAll('-', '')

/** BG-14, BG-26 */
export const ciiPeriod = (period: InvoicePeriod | undefined): XmlNode | undefined =>
  group(
    'ram:BillingSpecifiedPeriod',
    ciiDate('ram:StartDateTime', period?.from),
    ciiDate('ram:EndDateTime', period?.to),
  )

/** A reference to a document, told by a code of UNTDID 1001 where the element does not: 50 a tender, 130 an invoiced object. */
export const ciiReference = (
  name: string,
  id: string | undefined,
  typeCode?: string,
  scheme?: string,
): XmlNode | undefined =>
  id === undefined || id === ''
    ? undefined
    : group(
        name,
        text('ram:IssuerAssignedID', id),
        text('ram:TypeCode', typeCode),
        text('ram:ReferenceTypeCode', scheme),
      )
