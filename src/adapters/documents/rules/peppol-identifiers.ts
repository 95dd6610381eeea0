import type { ElectronicInvoice, Identifier } from '../electronic-invoice.js'
import {
  isAustralianNumber,
  isBelgianNumber,
  isDanishNumber,
  isGlobalLocationNumber,
  isItalianOffice,
  isItalianTaxCode,
  isItalianVatId,
  isNorwegianNumber,
  isSwedishNumber,
} from './check-digits.js'
import { each, optional, together } from './places.js'
import { rule, type Rule, type RuleFlag } from './rule.js'

/** Where identifiers of parties stand whose scheme says how they are made. */
const identifiers = together<Identifier>(
  optional('seller.electronicAddress', ({ seller }: ElectronicInvoice) => seller.electronicAddress),
  optional('buyer.electronicAddress', ({ buyer }: ElectronicInvoice) => buyer.electronicAddress),
  each('seller.ids', ({ seller }: ElectronicInvoice) => seller.ids),
  optional('buyer.id', ({ buyer }: ElectronicInvoice) => buyer.id),
  optional('payee.id', ({ payee }: ElectronicInvoice) => payee?.id),
  optional('seller.legalRegistration', ({ seller }: ElectronicInvoice) => seller.legalRegistration),
  optional('buyer.legalRegistration', ({ buyer }: ElectronicInvoice) => buyer.legalRegistration),
  optional('payee.legalRegistration', ({ payee }: ElectronicInvoice) => payee?.legalRegistration),
  optional('delivery.location', ({ delivery }: ElectronicInvoice) => delivery?.location),
)

const forms: readonly (readonly [
  number: string,
  scheme: string,
  flag: RuleFlag,
  what: string,
  has: (id: string) => boolean,
])[] = [
  ['R040', '0088', 'fatal', 'A global location number has the right check digit', isGlobalLocationNumber],
  [
    'R041',
    '0192',
    'fatal',
    'A Norwegian organization has nine digits, the last a check digit',
    isNorwegianNumber,
  ],
  [
    'R042',
    '0184',
    'fatal',
    'A Danish organization has eight digits, with or without DK before them',
    isDanishNumber,
  ],
  [
    'R043',
    '0208',
    'fatal',
    'A Belgian enterprise has ten digits, the last two check digits',
    isBelgianNumber,
  ],
  ['R044', '0201', 'warning', 'An Italian public office has six letters and digits', isItalianOffice],
  ['R045', '0210', 'warning', 'An Italian tax code has 16 characters or 11 digits', isItalianTaxCode],
  [
    'R047',
    '0211',
    'warning',
    'An Italian VAT number has eleven digits, the last a check digit',
    isItalianVatId,
  ],
  ['R049', '0007', 'fatal', 'A Swedish organization has ten digits, the last a check digit', isSwedishNumber],
  ['R050', '0151', 'fatal', 'An Australian business number has eleven digits that check', isAustralianNumber],
]

/** How identifiers of some schemes are made. */
export const peppolIdentifierRules: readonly Rule[] = forms.map(([number, scheme, flag, what, has]) =>
  rule(
    { id: `PEPPOL-COMMON-${number}`, flag, message: `${what} (scheme ${scheme}).` },
    identifiers,
    (identifier) => identifier.scheme !== scheme || has(identifier.id),
  ),
)
