import type { ElectronicInvoice, LineLevelAmount } from '../../electronic-invoice.js'
import { codes } from '../codes.js'
import { exact, isNegative } from '../exact.js'
import {
  document,
  each,
  eachDocumentAmount,
  eachLineAmount,
  inEachLine,
  optional,
  together,
} from '../places.js'
import { has, type Rule } from '../rule.js'
import {
  isCreditNote,
  isWithin,
  payment,
  paymentMeans,
  sellerRegistration,
  sells,
  when,
} from './national-rule.js'

const danishSeller = when(sells('DK'))
const danishTrade = when(isWithin('DK'))
const danishMeans = codes('1 10 31 42 48 49 50 58 59 93 97')

const classifications = codes('19.05.01 19.0501 26.08.01 26.0801')

/** A duty is told by its four digits, or by a code and a text with # between. */
const isDuty = (reason: string): boolean =>
  /^[0-9]{4}$/.test(reason) || (reason.includes('#') && !reason.startsWith('#') && !reason.endsWith('#'))

interface Slip {
  readonly means: string
  /** The kinds of the slip, and the number of the creditor. */
  readonly kind: { readonly id: string; readonly quoted: RegExp; readonly account: RegExp }
  /** The kinds that have a number behind them, and how long both are. */
  readonly number: { readonly id: string; readonly quoted: RegExp; readonly lengths: readonly number[] }
}

/** What the buyer quotes of a payment slip begins with its kind, and some kinds have a number behind it. */
const slip = ({ means, kind, number }: Slip): readonly Rule[] => [
  danishTrade(
    kind.id,
    `Payment by ${means} quotes the kind of the payment slip and names the creditor's number (BT-83, BT-84).`,
    payment,
    ({ meansCode, remittanceInformation = '', creditTransfers = [] }) =>
      meansCode !== means ||
      (kind.quoted.test(remittanceInformation) && kind.account.test(creditTransfers[0]?.account ?? '')),
  ),
  danishTrade(
    number.id,
    `Payment by ${means} quotes the number of the payment slip behind its kind (BT-83).`,
    payment,
    ({ meansCode, remittanceInformation = '' }) =>
      meansCode !== means ||
      !number.quoted.test(remittanceInformation) ||
      number.lengths.includes(remittanceInformation.length),
  ),
]

export const denmark: readonly Rule[] = [
  danishSeller(
    'DK-R-002',
    'A Danish seller names its CVR number (BT-30).',
    document('seller.legalRegistration'),
    ({ seller }) => has(seller.legalRegistration?.id),
  ),
  danishSeller(
    'DK-R-014',
    'The CVR number of a Danish seller has the scheme 0184 (BT-30-1).',
    sellerRegistration,
    ({ scheme }) => scheme === '0184',
  ),
  danishTrade(
    'DK-R-016',
    'A Danish credit note comes to zero or more (BT-115).',
    document('totals.due'),
    (invoice) => !isCreditNote(invoice) || !isNegative(exact(invoice.totals.due)),
  ),
  danishTrade(
    'DK-R-013',
    'Identifiers of Danish parties have a scheme (BT-29-1, BT-46-1).',
    together(
      each('seller.ids', ({ seller }: ElectronicInvoice) => seller.ids),
      optional('buyer.id', ({ buyer }: ElectronicInvoice) => buyer.id),
    ),
    ({ scheme }) => has(scheme),
  ),
  danishTrade(
    'DK-R-005',
    'Payment within Denmark is by 1, 10, 31, 42, 48, 49, 50, 58, 59, 93 or 97 (BT-81).',
    paymentMeans,
    (meansCode) => danishMeans.has(meansCode),
  ),
  danishTrade(
    'DK-R-006',
    'Payment by 31 or 42 names the account and its registration number (BT-84, BT-86).',
    payment,
    ({ meansCode, creditTransfers: transfers = [] }) =>
      (meansCode !== '31' && meansCode !== '42') ||
      (transfers.length > 0 && transfers.every(({ account, bank }) => has(account) && has(bank))),
  ),
  danishTrade(
    'DK-R-007',
    'Payment by 49 names the mandate and the account it is taken from (BT-89, BT-91).',
    payment,
    ({ meansCode, directDebit }) =>
      meansCode !== '49' || (has(directDebit?.mandate) && has(directDebit?.debitedAccount)),
  ),
  ...slip({
    means: '50',
    kind: { id: 'DK-R-008', quoted: /^(?:01|04|15)#/, account: /^[0-9]{7,8}$/ },
    number: { id: 'DK-R-009', quoted: /^(?:04|15)#/, lengths: [19] },
  }),
  ...slip({
    means: '93',
    kind: { id: 'DK-R-010', quoted: /^(?:71|73|75)#/, account: /^.{8}$/ },
    number: { id: 'DK-R-011', quoted: /^(?:71|75)#/, lengths: [18, 19] },
  }),
  danishTrade(
    'DK-R-003',
    'Goods classified by UNSPSC name its version 19.0501 or 26.0801 (BT-158-2).',
    inEachLine('item.classifications', ({ item }) => item.classifications),
    ({ scheme, version = '' }) => scheme !== 'TST' || classifications.has(version),
    'warning',
  ),
  danishTrade(
    'DK-R-004',
    'A duty (reason code ZZZ) is told by its four digits, or by a code and a text with # between (BT-104, BT-144).',
    together<LineLevelAmount>(
      eachDocumentAmount('allowances'),
      eachDocumentAmount('charges'),
      eachLineAmount('allowances'),
      eachLineAmount('charges'),
    ),
    ({ reasonCode, reason = '' }) => reasonCode !== 'ZZZ' || isDuty(reason.trim()),
  ),
]
