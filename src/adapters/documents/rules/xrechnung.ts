import type { ElectronicInvoice } from '../electronic-invoice.js'
import { isXRechnung, specifications } from '../specifications.js'
import { isIban } from '../iban.js'
import { document, each, eachTax, optional } from './places.js'
import { has, rule, type Rule } from './rule.js'

const typeCodes = new Set('326 380 384 389 381 875 876 877'.split(' '))

const kinds: Readonly<Record<'transfer' | 'card' | 'debit', ReadonlySet<string>>> = {
  transfer: new Set(['30', '58']),
  card: new Set(['48', '54', '55']),
  debit: new Set(['59']),
}

/** Which of BG-17, BG-18 and BG-19 the payment instructions have. */
const groupsOf = ({ payment }: ElectronicInvoice) => ({
  transfer: (payment?.creditTransfers ?? []).length > 0,
  card: payment?.card !== undefined,
  debit: payment?.directDebit !== undefined,
})

const paymentRule = (letter: '23' | '24' | '25', kind: keyof typeof kinds, name: string): readonly Rule[] => {
  const applies = ({ payment }: ElectronicInvoice): boolean => kinds[kind].has(payment?.meansCode ?? '')
  return [
    rule(
      {
        id: `BR-DE-${letter}-a`,
        message: `Payment by ${name} gives its details.`,
      },
      document('payment'),
      (invoice) => !applies(invoice) || groupsOf(invoice)[kind],
    ),
    rule(
      {
        id: `BR-DE-${letter}-b`,
        message: `Payment by ${name} gives no details of other means.`,
      },
      document('payment'),
      (invoice) =>
        !applies(invoice) ||
        Object.entries(groupsOf(invoice)).every(([other, isGiven]) => other === kind || !isGiven),
    ),
  ]
}

const taxed = new Set(['S', 'Z', 'E', 'AE', 'K', 'G', 'L', 'M'])

const skonto = /^#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(?:#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#$/

const published: readonly Rule[] = [
  rule(
    {
      id: 'BR-DE-1',
      message: 'The invoice has payment instructions (BG-16).',
    },
    document('payment'),
    ({ payment }) => payment !== undefined,
  ),
  rule(
    {
      id: 'BR-DE-2',
      message: 'The seller names a contact (BG-6).',
    },
    document('seller.contact'),
    ({ seller }) => seller.contact !== undefined,
  ),
  rule(
    {
      id: 'BR-DE-3',
      message: 'The address of the seller has a city (BT-37).',
    },
    document('seller.address.city'),
    ({ seller }) => has(seller.address.city),
  ),
  rule(
    {
      id: 'BR-DE-4',
      message: 'The address of the seller has a post code (BT-38).',
    },
    document('seller.address.postCode'),
    ({ seller }) => has(seller.address.postCode),
  ),
  rule(
    {
      id: 'BR-DE-5',
      message: 'The contact of the seller has a name (BT-41).',
    },
    optional('seller.contact.name', ({ seller }: ElectronicInvoice) => seller.contact),
    ({ name }) => has(name),
  ),
  rule(
    {
      id: 'BR-DE-6',
      message: 'The contact of the seller has a telephone number (BT-42).',
    },
    optional('seller.contact.telephone', ({ seller }: ElectronicInvoice) => seller.contact),
    ({ telephone }) => has(telephone),
  ),
  rule(
    {
      id: 'BR-DE-7',
      message: 'The contact of the seller has an e-mail address (BT-43).',
    },
    optional('seller.contact.email', ({ seller }: ElectronicInvoice) => seller.contact),
    ({ email }) => has(email),
  ),
  rule(
    {
      id: 'BR-DE-8',
      message: 'The address of the buyer has a city (BT-52).',
    },
    document('buyer.address.city'),
    ({ buyer }) => has(buyer.address.city),
  ),
  rule(
    {
      id: 'BR-DE-9',
      message: 'The address of the buyer has a post code (BT-53).',
    },
    document('buyer.address.postCode'),
    ({ buyer }) => has(buyer.address.postCode),
  ),
  rule(
    {
      id: 'BR-DE-10',
      message: 'The address of delivery has a city (BT-77).',
    },
    optional('delivery.address.city', ({ delivery }: ElectronicInvoice) => delivery?.address),
    ({ city }) => has(city),
  ),
  rule(
    {
      id: 'BR-DE-11',
      message: 'The address of delivery has a post code (BT-78).',
    },
    optional('delivery.address.postCode', ({ delivery }: ElectronicInvoice) => delivery?.address),
    ({ postCode }) => has(postCode),
  ),
  rule(
    {
      id: 'BR-DE-14',
      message: 'Every entry of the tax breakdown has a rate (BT-119).',
    },
    eachTax('rate'),
    ({ rate }) => has(rate),
  ),
  rule(
    {
      id: 'BR-DE-15',
      message: 'The reference of the buyer is given, such as a Leitweg-ID (BT-10).',
    },
    document('buyerReference'),
    ({ buyerReference }) => has(buyerReference),
  ),
  rule(
    {
      id: 'BR-DE-16',
      message:
        'Where anything is within the scope of tax, the seller has a tax number (BT-31, BT-32) or a representative (BG-11).',
    },
    document('seller'),
    ({ lines, allowances = [], charges = [], seller, taxRepresentative }) =>
      ![
        ...lines.map(({ tax }) => tax.category),
        ...[...allowances, ...charges].map((one) => one.taxCategory),
      ].some((category) => taxed.has(category)) ||
      has(seller.vatId) ||
      has(seller.taxRegistration) ||
      taxRepresentative !== undefined,
  ),
  rule(
    {
      id: 'BR-DE-17',
      flag: 'warning',
      message: 'The type code is 326, 380, 381, 384, 389, 875, 876 or 877 (BT-3).',
    },
    document('typeCode'),
    ({ typeCode }) => typeCodes.has(typeCode),
  ),
  rule(
    {
      id: 'BR-DE-18',
      message:
        'A line of the terms of payment (BT-20) that begins with # is a cash discount: #SKONTO#TAGE=14#PROZENT=2.00#.',
    },
    optional('paymentTerms', ({ paymentTerms }: ElectronicInvoice) => paymentTerms),
    (terms) => terms.split(/\r?\n/).every((line) => !line.trim().startsWith('#') || skonto.test(line.trim())),
  ),
  rule(
    {
      id: 'BR-DE-19',
      flag: 'warning',
      message: 'The account of a SEPA credit transfer is an IBAN with the right check digits (BT-84).',
    },
    each('payment.creditTransfers', ({ payment }: ElectronicInvoice) => payment?.creditTransfers, 'account'),
    ({ account }, { payment }) => payment?.meansCode !== '58' || isIban(account),
  ),
  rule(
    {
      id: 'BR-DE-20',
      flag: 'warning',
      message: 'The account of a SEPA direct debit is an IBAN with the right check digits (BT-91).',
    },
    optional(
      'payment.directDebit.debitedAccount',
      ({ payment }: ElectronicInvoice) => payment?.directDebit?.debitedAccount,
    ),
    (account, { payment }) => payment?.meansCode !== '59' || isIban(account),
  ),
  rule(
    {
      id: 'BR-DE-21',
      flag: 'warning',
      message: `The specification is ${specifications.xrechnung} (BT-24), or its extension.`,
    },
    document('specification'),
    ({ specification }) =>
      specification === specifications.xrechnung || specification.startsWith(`${specifications.xrechnung}#`),
  ),
  rule(
    {
      id: 'BR-DE-22',
      message: 'Every attached file has a name of its own (BT-125-2).',
    },
    document('attachments'),
    ({ attachments = [] }) => {
      const names = attachments.flatMap(({ file }) => (file === undefined ? [] : [file.name]))
      return new Set(names).size === names.length
    },
  ),
  ...paymentRule('23', 'transfer', 'credit transfer (BT-81 30, 58)'),
  ...paymentRule('24', 'card', 'card (BT-81 48, 54, 55)'),
  ...paymentRule('25', 'debit', 'direct debit (BT-81 59)'),
  rule(
    {
      id: 'BR-DE-26',
      flag: 'warning',
      message: 'A corrected invoice (384) refers to the one it corrects (BG-3).',
    },
    document('precedingInvoices'),
    ({ typeCode, precedingInvoices = [] }) => typeCode !== '384' || precedingInvoices.length > 0,
  ),
  rule(
    {
      id: 'BR-DE-27',
      flag: 'warning',
      message: 'The telephone number has three digits at least (BT-42).',
    },
    optional('seller.contact.telephone', ({ seller }: ElectronicInvoice) => seller.contact?.telephone),
    (telephone) => telephone.replaceAll(/[^0-9]/g, '').length >= 3,
  ),
  rule(
    {
      id: 'BR-DE-28',
      flag: 'warning',
      message: 'The e-mail address has one @, and a domain behind it (BT-43).',
    },
    optional('seller.contact.email', ({ seller }: ElectronicInvoice) => seller.contact?.email),
    (email) => email.length <= 320 && /^[^@\s]+@[^@.\s]+(?:\.[^@.\s]+)+$/.test(email),
  ),
  rule(
    {
      id: 'BR-DE-30',
      message: 'A direct debit names the creditor (BT-90).',
    },
    optional('payment.directDebit.creditor', ({ payment }: ElectronicInvoice) => payment?.directDebit),
    ({ creditor }) => has(creditor),
  ),
  rule(
    {
      id: 'BR-DE-31',
      message: 'A direct debit names the account it is taken from (BT-91).',
    },
    optional('payment.directDebit.debitedAccount', ({ payment }: ElectronicInvoice) => payment?.directDebit),
    ({ debitedAccount }) => has(debitedAccount),
  ),
]

/** What XRechnung demands of documents within Germany; Peppol took it over. Which specification is claimed (BT-24) matters to XRechnung alone. */
export const germanRules: readonly Rule[] = published.filter(({ id }) => id !== 'BR-DE-21')

const takenFromPeppol: readonly Rule[] = [
  ...(
    [
      ['seller.electronicAddress', 'R020', ({ seller }: ElectronicInvoice) => seller.electronicAddress?.id],
      ['buyer.electronicAddress', 'R010', ({ buyer }: ElectronicInvoice) => buyer.electronicAddress?.id],
    ] as const
  ).map(([path, number, find]) =>
    rule(
      {
        id: `PEPPOL-EN16931-${number}`,
        message:
          'XRechnung takes over from Peppol that both parties have an electronic address (BT-34, BT-49).',
      },
      document(path),
      (invoice) => has(find(invoice)),
    ),
  ),
  rule(
    {
      id: 'PEPPOL-EN16931-R001',
      message: 'XRechnung takes over from Peppol that the business process is named (BT-23).',
    },
    document('process'),
    ({ process }) => has(process),
  ),
]

/** The rules of XRechnung 3.0 about core fields. They bind documents that claim it (BT-24) alone. */
export const xrechnungRules: readonly Rule[] = [...published, ...takenFromPeppol].map((one) => ({
  ...one,
  broken: (invoice) => (isXRechnung(invoice.specification) ? one.broken(invoice) : []),
}))
