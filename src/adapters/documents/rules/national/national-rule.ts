import type { Attachment, ElectronicInvoice } from '../../electronic-invoice.js'
import { isCreditNoteCode } from '../../syntax-names.js'
import { optional } from '../places.js'
import { rule, type Rule, type RuleFlag, type Where } from '../rule.js'

type Applies = (invoice: ElectronicInvoice) => boolean

export const sells =
  (country: string): Applies =>
  ({ seller }) =>
    seller.address.country === country

export const isWithin =
  (country: string): Applies =>
  ({ seller, buyer }) =>
    seller.address.country === country && buyer.address.country === country

/** For countries whose rules go by the VAT number where there is one: its prefix, then the seller's address. */
export const isTaxedIn =
  (country: string): Applies =>
  ({ seller, taxRepresentative }) =>
    (seller.vatId ?? taxRepresentative?.vatId ?? seller.address.country).slice(0, 2).toUpperCase() === country

/** Rules for some documents only. */
export const when =
  (applies: Applies) =>
  <Value>(
    id: string,
    message: string,
    where: Where<Value>,
    check: (value: Value, invoice: ElectronicInvoice) => boolean,
    flag: RuleFlag = 'fatal',
  ): Rule => {
    const one = rule({ id, flag, message }, where, check)
    return { ...one, broken: (invoice) => (applies(invoice) ? one.broken(invoice) : []) }
  }

export const isCreditNote = ({ typeCode }: ElectronicInvoice): boolean => isCreditNoteCode(typeCode)

export const payment = optional('payment', ({ payment: instructions }: ElectronicInvoice) => instructions)

export const paymentMeans = optional(
  'payment.meansCode',
  ({ payment: instructions }: ElectronicInvoice) => instructions?.meansCode,
)

export const sellerRegistration = optional(
  'seller.legalRegistration',
  ({ seller }: ElectronicInvoice) => seller.legalRegistration,
)

/** The supporting documents that are described by these words (BT-123): some countries give theirs a meaning. */
export const attachmentsDescribed =
  (description: string, field = ''): Where<Attachment> =>
  ({ attachments = [] }) =>
    attachments.flatMap((value, index) =>
      value.description === description
        ? [{ path: `attachments[${index}]${field === '' ? '' : `.${field}`}`, value }]
        : [],
    )
