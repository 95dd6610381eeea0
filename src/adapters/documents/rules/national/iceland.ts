import { localDateSchema } from '../../../../core/time/time-schema.js'
import type { ElectronicInvoice } from '../../electronic-invoice.js'
import { codes } from '../codes.js'
import { document } from '../places.js'
import { has, type Rule } from '../rule.js'
import { attachmentsDescribed, isCreditNote, isWithin, payment, sells, when } from './national-rule.js'

const icelandicSeller = when(sells('IS'))
const icelandicTrade = when(isWithin('IS'))
const icelandicTypes = codes('380 381')

/** The last day on which a claim may be paid without interest, said as a supporting document. */
const finalDays = attachmentsDescribed('EINDAGI', 'id')

/** A claim in the bank (9) and a transfer (42) go to one account, told by bank, ledger and number. */
const account = (id: string, means: string, what: string): Rule =>
  icelandicSeller(
    id,
    `Payment by ${what} names one Icelandic account of twelve digits (BT-84).`,
    payment,
    ({ meansCode, creditTransfers = [] }) =>
      meansCode !== means ||
      (creditTransfers.length === 1 &&
        creditTransfers.every((transfer) => transfer.account.trim().replaceAll(/\s+/g, ' ').length === 12)),
  )

export const iceland: readonly Rule[] = [
  icelandicSeller(
    'IS-R-001',
    'An Icelandic seller writes invoices (380) and credit notes (381) (BT-3).',
    document('typeCode'),
    ({ typeCode }) => icelandicTypes.has(typeCode),
    'warning',
  ),
  icelandicSeller(
    'IS-R-002',
    'An Icelandic seller has its kennitala, under the scheme 0196 (BT-30).',
    document('seller.legalRegistration'),
    ({ seller }) => seller.legalRegistration?.scheme === '0196',
  ),
  icelandicSeller(
    'IS-R-003',
    'An Icelandic seller has a street and a post code (BT-35, BT-38).',
    document('seller.address'),
    ({ seller: { address } }) => has(address.line1) && has(address.postCode),
  ),
  account('IS-R-006', '9', 'a claim in the bank (9)'),
  account('IS-R-007', '42', 'transfer (42)'),
  icelandicSeller(
    'IS-R-008',
    'The supporting document EINDAGI of an Icelandic seller is a day such as 2026-12-31 (BT-122).',
    finalDays,
    ({ id }) => localDateSchema.safeParse(id).success,
  ),
  icelandicSeller(
    'IS-R-009',
    'An Icelandic invoice with a supporting document EINDAGI has a due date (BT-9).',
    finalDays,
    (_finalDay, invoice) => has(dueOn(invoice)),
  ),
  icelandicSeller(
    'IS-R-010',
    'The day of the supporting document EINDAGI is not before the due date (BT-9, BT-122).',
    finalDays,
    ({ id }, invoice) => {
      const due = dueOn(invoice)
      return due !== undefined && due <= id
    },
  ),
  icelandicTrade(
    'IS-R-004',
    'An Icelandic buyer has its kennitala, under the scheme 0196 (BT-47).',
    document('buyer.legalRegistration'),
    ({ buyer }) => buyer.legalRegistration?.scheme === '0196',
  ),
  icelandicTrade(
    'IS-R-005',
    'An Icelandic buyer has a street and a post code (BT-50, BT-53).',
    document('buyer.address'),
    ({ buyer: { address } }) => has(address.line1) && has(address.postCode),
  ),
]

/** A UBL credit note has the day beside its means of payment, where the published rules do not look for it. */
const dueOn = (invoice: ElectronicInvoice): string | undefined =>
  isCreditNote(invoice) ? undefined : invoice.dueOn
