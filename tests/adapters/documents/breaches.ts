import { peppolBillingProcess, specifications, type ElectronicInvoice } from 'orderwright/documents'
import { categorySample, fullInvoice } from './sample-invoices.js'

/** An invoice as the tests change it. */
export type Draft = Mutable<ElectronicInvoice>

type Mutable<Value> = Value extends readonly (infer Entry)[]
  ? Mutable<Entry>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]-?: Mutable<Exclude<Value[Key], undefined>> }
    : Value

/** A valid invoice, and the one change that breaks a rule. `also` are the rules that no invoice could keep then. */
export interface Breach {
  readonly rule: string
  readonly sample: ElectronicInvoice
  readonly change: (draft: Required<Draft>) => void
  readonly also?: readonly string[]
}

type Row = readonly [rule: string, change: (draft: Required<Draft>) => void, ...also: readonly string[]]

const on =
  (sample: ElectronicInvoice) =>
  ([rule, change, ...also]: Row): Breach => ({ rule, sample, change, also })

/** The entry of a list; the samples have what the changes change. */
const at = <Value>(list: readonly Value[] | undefined, index = 0): Required<Value> => {
  const value = list?.[index]
  if (value === undefined) throw new Error('the sample has no such entry')
  return value as Required<Value>
}

const without = (value: object, key: string): void => {
  Reflect.deleteProperty(value, key)
}

/** The sample at other rates: 195.00 is taxed at the standard, 40.00 at the reduced one. */
const atRates = (standard: bigint, reduced: bigint) => {
  const money = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
  const [high, low] = [195n * standard, 40n * reduced]
  const rates = [String(standard), String(reduced)] as const
  return {
    taxes: [
      { taxable: '195.00', tax: money(high), category: 'S', rate: rates[0] },
      { taxable: '40.00', tax: money(low), category: 'S', rate: rates[1] },
    ],
    totals: {
      ...fullInvoice.totals,
      tax: money(high + low),
      gross: money(23_500n + high + low),
      due: money(23_500n + high + low - 7_480n + 5n),
    },
    lines: fullInvoice.lines.map((line, index) => ({
      ...line,
      tax: { category: 'S', rate: index === 0 ? rates[0] : rates[1] },
    })),
    allowances: (fullInvoice.allowances ?? []).map((one) => ({ ...one, taxRate: rates[0] })),
    charges: (fullInvoice.charges ?? []).map((one) => ({ ...one, taxRate: rates[1] })),
  }
}

const noAddress = { country: '' }

const core: readonly Row[] = [
  ['BR-01', (d) => (d.specification = '')],
  ['BR-02', (d) => (d.number = '')],
  ['BR-03', (d) => (d.issuedOn = '')],
  ['BR-04', (d) => (d.typeCode = '')],
  ['BR-05', (d) => (d.currency = '')],
  ['BR-06', (d) => (d.seller.name = '')],
  ['BR-07', (d) => (d.buyer.name = '')],
  ['BR-08', (d) => (d.seller.address = noAddress as never)],
  ['BR-09', (d) => (d.seller.address.country = '')],
  ['BR-10', (d) => (d.buyer.address = noAddress as never)],
  ['BR-11', (d) => (d.buyer.address.country = '')],
  ['BR-12', (d) => (d.totals.lineNet = '')],
  ['BR-13', (d) => (d.totals.net = '')],
  ['BR-14', (d) => (d.totals.gross = '')],
  ['BR-15', (d) => (d.totals.due = '')],
  ['BR-16', (d) => (d.lines = []), 'BR-CO-10', 'BR-S-08'],
  ['BR-17', (d) => (d.payee.name = d.seller.name)],
  ['BR-18', (d) => (d.taxRepresentative.name = '')],
  ['BR-19', (d) => (d.taxRepresentative.address = noAddress as never)],
  ['BR-20', (d) => (d.taxRepresentative.address.country = '')],
  ['BR-21', (d) => (at(d.lines).id = '')],
  ['BR-22', (d) => (at(d.lines).quantity = '')],
  ['BR-23', (d) => (at(d.lines).unit = '')],
  ['BR-24', (d) => (at(d.lines, 1).net = '')],
  ['BR-25', (d) => (at(d.lines).item.name = '')],
  ['BR-26', (d) => (at(d.lines).price.net = '')],
  ['BR-27', (d) => (at(d.lines).price.net = '-20.00')],
  ['BR-28', (d) => (at(d.lines).price.gross = '-0.01')],
  ['BR-29', (d) => (d.period.to = '2026-01-31')],
  ['BR-30', (d) => (at(d.lines).period.to = '2026-01-31')],
  ['BR-31', (d) => (at(d.allowances).amount = '')],
  ['BR-32', (d) => (at(d.allowances).taxCategory = ''), 'BR-S-08'],
  ['BR-33', (d) => ['reason', 'reasonCode'].forEach((key) => without(at(d.allowances), key)), 'BR-CO-21'],
  ['BR-CO-21', (d) => ['reason', 'reasonCode'].forEach((key) => without(at(d.allowances), key)), 'BR-33'],
  ['BR-36', (d) => (at(d.charges).amount = '')],
  ['BR-37', (d) => (at(d.charges).taxCategory = ''), 'BR-S-08'],
  ['BR-38', (d) => ['reason', 'reasonCode'].forEach((key) => without(at(d.charges), key)), 'BR-CO-22'],
  ['BR-CO-22', (d) => ['reason', 'reasonCode'].forEach((key) => without(at(d.charges), key)), 'BR-38'],
  ['BR-41', (d) => (at(at(d.lines).allowances).amount = '')],
  [
    'BR-42',
    (d) => ['reason', 'reasonCode'].forEach((key) => without(at(at(d.lines).allowances), key)),
    'BR-CO-23',
  ],
  [
    'BR-CO-23',
    (d) => ['reason', 'reasonCode'].forEach((key) => without(at(at(d.lines).allowances), key)),
    'BR-42',
  ],
  ['BR-43', (d) => (at(at(d.lines).charges).amount = '')],
  [
    'BR-44',
    (d) => ['reason', 'reasonCode'].forEach((key) => without(at(at(d.lines).charges), key)),
    'BR-CO-24',
  ],
  [
    'BR-CO-24',
    (d) => ['reason', 'reasonCode'].forEach((key) => without(at(at(d.lines).charges), key)),
    'BR-44',
  ],
  ['BR-45', (d) => (at(d.taxes).taxable = '')],
  ['BR-46', (d) => (at(d.taxes).tax = '')],
  ['BR-47', (d) => (at(d.taxes, 1).category = '')],
  ['BR-48', (d) => d.taxes.push({ taxable: '0', tax: '0', category: 'S' } as never)],
  ['BR-49', (d) => (d.payment.meansCode = '')],
  ['BR-50', (d) => (at(d.payment.creditTransfers, 1).account = '')],
  ['BR-51', (d) => (d.payment.card = { number: '4111111111111111' } as never)],
  ['BR-52', (d) => (at(d.attachments).id = '')],
  ['BR-53', (d) => without(d.totals, 'taxInTaxCurrency')],
  ['BR-54', (d) => (at(at(d.lines).item.attributes).value = '')],
  ['BR-55', (d) => (at(d.precedingInvoices).number = '')],
  ['BR-56', (d) => (d.taxRepresentative.vatId = '')],
  ['BR-57', (d) => (d.delivery.address.country = '')],
  ['BR-61', (d) => without(d.payment, 'creditTransfers')],
  ['BR-62', (d) => without(d.seller.electronicAddress, 'scheme')],
  ['BR-63', (d) => without(d.buyer.electronicAddress, 'scheme')],
  ['BR-64', (d) => without(at(d.lines).item.standardId, 'scheme')],
  ['BR-65', (d) => (at(at(d.lines).item.classifications).scheme = '')],
  ['BR-CO-03', (d) => (d.taxPointCode = '35')],
  ['BR-CO-04', (d) => (at(d.lines, 1).tax.category = ''), 'BR-S-08'],
  ['BR-CO-09', (d) => (d.seller.vatId = '123456789')],
  ['BR-CO-10', (d) => ((d.totals.lineNet = '241.00'), (d.totals.rounding = '0.05')), 'BR-CO-13'],
  ['BR-CO-11', (d) => without(d.totals, 'allowances'), 'BR-CO-13'],
  ['BR-CO-12', (d) => without(d.totals, 'charges'), 'BR-CO-13'],
  ['BR-CO-13', (d) => ((d.totals.net = '236.00'), (d.totals.gross = '275.85'), (d.totals.due = '201.10'))],
  ['BR-CO-14', (d) => ((d.totals.tax = '40.85'), (d.totals.gross = '275.85'), (d.totals.due = '201.10'))],
  ['BR-CO-15', (d) => ((d.totals.gross = '275.85'), (d.totals.due = '201.10'))],
  ['BR-CO-16', (d) => (d.totals.due = '201.10')],
  [
    'BR-CO-17',
    (d) => {
      at(d.taxes).tax = '38.06'
      d.totals.tax = '40.86'
      d.totals.gross = '275.86'
      d.totals.due = '201.11'
    },
    'BR-S-09',
  ],
  ['BR-CO-18', (d) => (d.taxes = []), 'BR-S-01', 'BR-CO-14'],
  ['BR-CO-19', (d) => (d.period = {} as never)],
  ['BR-CO-20', (d) => (at(d.lines).period = {} as never)],
  ['BR-CO-25', (d) => (without(d, 'dueOn'), without(d, 'paymentTerms'))],
  ['BR-CO-26', (d) => ['ids', 'legalRegistration', 'vatId'].forEach((key) => without(d.seller, key))],
  ['FORM-DECIMAL', (d) => (at(d.lines).quantity = '1e1')],
  ['FORM-DATE', (d) => (d.dueOn = '2026-02-29')],
  ['FORM-TEXT', (d) => (d.paymentTerms = 'bell \u0007')],
  ['FORM-BASE64', (d) => (at(d.attachments, 1).file.base64 = 'not base64!')],
  ['BR-DEC-01', (d) => (at(d.allowances).amount = '10.000')],
  ['BR-DEC-02', (d) => (at(d.allowances).base = '200.000')],
  ['BR-DEC-05', (d) => (at(d.charges).amount = '5.000')],
  ['BR-DEC-06', (d) => (at(d.charges).base = '50.000')],
  ['BR-DEC-09', (d) => (d.totals.lineNet = '240.000')],
  ['BR-DEC-10', (d) => (d.totals.allowances = '10.000')],
  ['BR-DEC-11', (d) => (d.totals.charges = '5.000')],
  ['BR-DEC-12', (d) => (d.totals.net = '235.000')],
  ['BR-DEC-13', (d) => (d.totals.tax = '39.850')],
  ['BR-DEC-14', (d) => (d.totals.gross = '274.850')],
  ['BR-DEC-15', (d) => (d.totals.taxInTaxCurrency = '440.000')],
  ['BR-DEC-16', (d) => (d.totals.prepaid = '74.800')],
  ['BR-DEC-17', (d) => (d.totals.rounding = '0.050')],
  ['BR-DEC-18', (d) => (d.totals.due = '200.100')],
  ['BR-DEC-19', (d) => (at(d.taxes).taxable = '195.000')],
  ['BR-DEC-20', (d) => (at(d.taxes).tax = '37.050')],
  ['BR-DEC-23', (d) => (at(d.lines).net = '205.000')],
  ['BR-DEC-24', (d) => (at(at(d.lines).allowances).amount = '5.000')],
  ['BR-DEC-25', (d) => (at(at(d.lines).allowances).base = '200.000')],
  ['BR-DEC-27', (d) => (at(at(d.lines).charges).amount = '10.000')],
  ['BR-DEC-28', (d) => (at(at(d.lines).charges).base = '200.000')],
  ['BR-CL-01', (d) => (d.typeCode = '999')],
  ['BR-CL-04', (d) => (d.currency = 'DEM')],
  ['BR-CL-05', (d) => (d.taxCurrency = 'EURO')],
  ['BR-CL-06', (d) => (without(d, 'taxPointOn'), (d.taxPointCode = '29'))],
  ['BR-CL-07', (d) => (d.invoicedObject.scheme = 'QQQ')],
  ['BR-CL-08', (d) => (at(d.notes).subjectCode = 'QQQ')],
  ['BR-CL-10', (d) => (d.buyer.id.scheme = '9999')],
  ['BR-CL-11', (d) => (d.seller.legalRegistration.scheme = '9999')],
  ['BR-CL-13', (d) => (at(at(d.lines).item.classifications).scheme = 'QQ')],
  ['BR-CL-14', (d) => (d.buyer.address.country = 'UK')],
  ['BR-CL-15', (d) => (at(d.lines).item.originCountry = 'XX')],
  ['BR-CL-16', (d) => (d.payment.meansCode = '999')],
  ['BR-CL-17', (d) => (at(d.allowances).taxCategory = 'A'), 'BR-S-08'],
  ['BR-CL-18', (d) => (at(d.lines, 1).tax.category = 'A'), 'BR-S-08'],
  ['BR-CL-19', (d) => (at(d.allowances).reasonCode = 'FC')],
  ['BR-CL-20', (d) => (at(d.charges).reasonCode = '95')],
  ['BR-CL-21', (d) => (at(d.lines).item.standardId.scheme = '9999')],
  ['BR-CL-23', (d) => (at(d.lines, 1).unit = 'KILO')],
  ['BR-CL-24', (d) => (at(d.attachments, 1).file.mimeCode = 'text/html')],
  ['BR-CL-25', (d) => (d.seller.electronicAddress.scheme = 'XX')],
  ['BR-CL-26', (d) => (d.delivery.location.scheme = '9999')],
]

const { notes: _notes, ...noteless } = fullInvoice
/** Within Germany, whose own rules come on top. */
const germanTrade: ElectronicInvoice = {
  ...noteless,
  specification: specifications.peppol,
  process: peppolBillingProcess,
  seller: { ...fullInvoice.seller, electronicAddress: { id: 'DE123456789', scheme: '9930' } },
  buyer: { ...fullInvoice.buyer, electronicAddress: { id: 'DE987654321', scheme: '9930' } },
}
const peppolInvoice: ElectronicInvoice = {
  ...germanTrade,
  buyer: { ...germanTrade.buyer, address: { city: 'Wien', country: 'AT' } },
}

const peppol: readonly Row[] = [
  ['PEPPOL-EN16931-R001', (d) => without(d, 'process')],
  ['PEPPOL-EN16931-R007', (d) => (d.process = 'billing')],
  [
    'PEPPOL-EN16931-R003',
    (d) =>
      ['buyerReference', 'purchaseOrderReference', 'salesOrderReference'].forEach((key) => without(d, key)),
  ],
  ['PEPPOL-EN16931-R005', (d) => (d.taxCurrency = 'EUR')],
  ['PEPPOL-EN16931-R010', (d) => without(d.buyer, 'electronicAddress')],
  ['PEPPOL-EN16931-R020', (d) => without(d.seller, 'electronicAddress')],
  ['PEPPOL-EN16931-R040', (d) => (at(d.charges).percent = '11')],
  ['PEPPOL-EN16931-R041', (d) => without(at(d.charges), 'base')],
  ['PEPPOL-EN16931-R042', (d) => without(at(d.charges), 'percent')],
  ['PEPPOL-EN16931-R046', (d) => (at(d.lines).price.gross = '22.51')],
  ['PEPPOL-EN16931-R055', (d) => (d.totals.taxInTaxCurrency = '-440.00')],
  ['PEPPOL-EN16931-R061', (d) => (d.payment = { meansCode: '59' } as never)],
  ['PEPPOL-EN16931-R110', (d) => (at(d.lines).period.from = '2026-01-31')],
  ['PEPPOL-EN16931-R111', (d) => (at(d.lines).period.to = '2026-03-01')],
  ['PEPPOL-EN16931-R120', (d) => (at(d.lines).quantity = '11')],
  ['PEPPOL-EN16931-R121', (d) => (at(d.lines).price.baseQuantity = '0')],
  ['PEPPOL-EN16931-R130', (d) => (at(d.lines).price.baseUnit = 'KGM')],
  ['PEPPOL-COMMON-R040', (d) => (d.buyer.id.id = '7300010000002')],
  ['PEPPOL-EN16931-R002', (d) => (d.notes = [{ text: 'a' }, { text: 'b' }] as never)],
  ['PEPPOL-EN16931-P0100', (d) => (d.typeCode = '389')],
  ['PEPPOL-EN16931-P0101', (d) => (d.typeCode = '261')],
  ['PEPPOL-EN16931-P0112', (d) => (d.typeCode = '326')],
  ['PEPPOL-EN16931-CL008', (d) => (d.seller.electronicAddress = { id: 'a@b.example', scheme: 'EM' })],
]

/** An identifier of a scheme, and one that is not made like it. */
const identifier =
  (scheme: string, id: string) =>
  (draft: Required<Draft>): void => {
    draft.payee.legalRegistration = { id, scheme }
  }

const identifiers: readonly Row[] = [
  ['PEPPOL-COMMON-R041', identifier('0192', '123456789')],
  ['PEPPOL-COMMON-R042', identifier('0184', 'DE12345678')],
  ['PEPPOL-COMMON-R043', identifier('0208', '0123456789')],
  ['PEPPOL-COMMON-R044', identifier('0201', 'UF-123')],
  ['PEPPOL-COMMON-R045', identifier('0210', 'RSSMRA85T10A562')],
  ['PEPPOL-COMMON-R047', identifier('0211', 'IT12345678901')],
  ['PEPPOL-COMMON-R049', identifier('0007', '5567037486')],
  ['PEPPOL-COMMON-R050', identifier('0151', '12345678901')],
]

const trade = (
  country: string,
  seller: Partial<ElectronicInvoice['seller']>,
  changes: Partial<ElectronicInvoice> = {},
): ElectronicInvoice => {
  const address = { line1: 'Street 1', city: 'Town', postCode: '1234', country }
  const { taxRegistration: _number, legalRegistration: _register, ids: _ids, ...known } = peppolInvoice.seller
  return {
    ...peppolInvoice,
    seller: { ...known, address, ...seller },
    buyer: {
      name: 'Buyer',
      electronicAddress: { id: '7300010000001', scheme: '0088' },
      address: { ...address },
      ...(country === 'NL' && { legalRegistration: { id: '87654321', scheme: '0106' } }),
    },
    ...changes,
  }
}

const dutchTrade = trade(
  'NL',
  { vatId: 'NL123456789B01', legalRegistration: { id: '12345678', scheme: '0106' } },
  {
    taxRepresentative: {
      name: 'Kantoor',
      vatId: 'NL987654321B01',
      address: { line1: 'Gracht 1', city: 'Amsterdam', postCode: '1011', country: 'NL' },
    },
  },
)
const dutch: readonly Row[] = [
  ['NL-R-001', (d) => ((d.typeCode = '381'), without(d, 'precedingInvoices'))],
  ['NL-R-002', (d) => without(d.seller.address, 'line1')],
  ['NL-R-003', (d) => (d.seller.legalRegistration.scheme = '0204')],
  ['NL-R-004', (d) => without(d.buyer.address, 'postCode')],
  ['NL-R-005', (d) => (d.buyer.legalRegistration.scheme = '0204')],
  ['NL-R-006', (d) => without(d.taxRepresentative.address, 'city')],
  ['NL-R-007', (d) => without(d, 'payment')],
  ['NL-R-008', (d) => (d.payment.meansCode = '31')],
  ['NL-R-009', (d) => ['purchaseOrderReference', 'salesOrderReference'].forEach((key) => without(d, key))],
]

const swedishTrade = trade(
  'SE',
  {
    vatId: 'SE556703748501',
    legalRegistration: { id: '5567037485', scheme: '0007' },
    taxRegistration: 'Godkänd för F-skatt',
  },
  {
    ...atRates(25n, 12n),
    payment: { meansCode: '30', creditTransfers: [{ account: '5051234', bank: 'SE:BANKGIRO' }] },
  },
)
const plusgiro = { account: '505123', bank: 'SE:PLUSGIRO' }
const swedish: readonly Row[] = [
  ['SE-R-001', (d) => (d.seller.vatId = 'SE55670374850')],
  ['SE-R-002', (d) => (d.seller.vatId = 'SE55670374850X')],
  ['SE-R-003', (d) => (d.seller.legalRegistration = { id: '556703748X', scheme: '0204' })],
  ['SE-R-004', (d) => (d.seller.legalRegistration = { id: '556703748', scheme: '0204' })],
  ['SE-R-013', (d) => (d.seller.legalRegistration = { id: '5567037486', scheme: '0204' })],
  ['SE-R-005', (d) => (d.seller.taxRegistration = '201/113')],
  ['SE-R-006', (d) => Object.assign(d, atRates(25n, 7n))],
  ['SE-R-007', (d) => (d.payment.creditTransfers = [{ ...plusgiro, account: '50-51' }] as never)],
  ['SE-R-010', (d) => (d.payment.creditTransfers = [{ ...plusgiro, account: '1' }] as never)],
  ['SE-R-008', (d) => (at(d.payment.creditTransfers).account = '505-123')],
  ['SE-R-009', (d) => (at(d.payment.creditTransfers).account = '505')],
  ['SE-R-011', (d) => (d.payment.meansCode = '56')],
  ['SE-R-012', (d) => (d.payment.meansCode = '31')],
]

const italianTrade = trade('IT', { vatId: 'IT00743110157', taxRegistration: 'RSSMRA85T10A562S' })
const italian: readonly Row[] = [
  ['IT-R-001', (d) => (d.seller.taxRegistration = '201/113')],
  ['IT-R-002', (d) => without(d.seller.address, 'line1')],
  ['IT-R-003', (d) => without(d.seller.address, 'city')],
  ['IT-R-004', (d) => without(d.seller.address, 'postCode')],
]

const norwegianTrade = trade('NO', { vatId: 'NO974760673MVA', taxRegistration: 'Foretaksregisteret' })
const norwegian: readonly Row[] = [
  ['NO-R-001', (d) => (d.seller.vatId = 'NO974760674MVA')],
  ['NO-R-002', (d) => (d.seller.taxRegistration = '201')],
]

const danishTrade = trade(
  'DK',
  {
    vatId: 'DK12345678',
    legalRegistration: { id: 'DK12345678', scheme: '0184' },
    ids: [{ id: '4000001123452', scheme: '0088' }],
  },
  { payment: { meansCode: '58', creditTransfers: [{ account: '12345678', bank: '1234' }] } },
)
const slip =
  (meansCode: string, remittanceInformation: string, account: string) => (draft: Required<Draft>) =>
    (draft.payment = { meansCode, remittanceInformation, creditTransfers: [{ account }] } as never)
const danish: readonly Row[] = [
  ['DK-R-002', (d) => without(d.seller, 'legalRegistration')],
  ['DK-R-014', (d) => (d.seller.legalRegistration.scheme = '0204')],
  [
    'DK-R-016',
    (d) => {
      d.typeCode = '381'
      d.totals.prepaid = '275.80'
      d.totals.due = '-0.90'
    },
  ],
  ['DK-R-013', (d) => (d.seller.ids = [{ id: 'S-1' }] as never)],
  ['DK-R-005', (d) => (d.payment.meansCode = '30')],
  ['DK-R-006', (d) => (d.payment = { meansCode: '42', creditTransfers: [{ account: '1' }] } as never)],
  ['DK-R-007', (d) => (d.payment = { meansCode: '49', directDebit: { mandate: 'M-1' } } as never)],
  ['DK-R-008', slip('50', '71#1234567890123456', '1234567')],
  ['DK-R-009', slip('50', '04#123', '1234567')],
  ['DK-R-010', slip('93', '71#123456789012345', '1234567')],
  ['DK-R-011', slip('93', '75#123', '12345678')],
  ['DK-R-003', (d) => ((at(at(d.lines).item.classifications) as { scheme: string }).scheme = 'TST')],
  ['DK-R-004', (d) => Object.assign(at(d.charges), { reason: 'Duty', reasonCode: 'ZZZ' })],
]

const greekTrade = trade(
  'GR',
  {
    tradingName: 'Seller AE',
    vatId: 'EL094014201',
    electronicAddress: { id: '094014201', scheme: '9933' },
  },
  {
    number: `094014201|01/03/2026|0|1.1|A|17`,
    buyer: {
      name: 'Buyer',
      tradingName: 'Buyer AE',
      vatId: 'EL094019245',
      electronicAddress: { id: '094019245', scheme: '9933' },
      address: { line1: 'Street 1', city: 'Town', postCode: '1234', country: 'GR' },
    },
    attachments: [
      { id: '400001234567890', description: '##M.AR.K##' },
      { id: 'URL', description: '##INVOICE|URL##', location: 'https://mydata.example/1' },
    ],
  },
)
const numbered = (number: string) => (draft: Required<Draft>) => (draft.number = number)
const greek: readonly Row[] = [
  ['GR-R-001-1', numbered('094014201|01/03/2026|0|1.1|A|17|B')],
  ['GR-R-001-2', numbered('094019245|01/03/2026|0|1.1|A|17')],
  ['GR-R-001-2', numbered('0940142010|01/03/2026|0|1.1|A|17')],
  ['GR-R-001-3', numbered('094014201|1/3/2026|0|1.1|A|17')],
  ['GR-R-001-4', numbered('094014201|01/03/2026|x|1.1|A|17')],
  ['GR-R-001-5', numbered('094014201|01/03/2026|0|1.2|A|17')],
  ['GR-R-001-6', numbered('094014201|01/03/2026|0|1.1||17')],
  ['GR-R-001-7', numbered('094014201|01/03/2026|0|1.1|A|')],
  ['GR-R-002', (d) => without(d.seller, 'tradingName')],
  ['GR-S-011', (d) => (d.seller.vatId = 'GR094014201'), 'GR-R-003'],
  ['GR-R-003', (d) => (d.seller.vatId = 'EL094014202'), 'GR-S-011', 'GR-R-001-2'],
  ['GR-R-004-1', (d) => d.attachments.push({ ...at(d.attachments) })],
  ['GR-R-004-1', (d) => d.attachments.shift()],
  ['GR-S-008-1', (d) => d.attachments.pop()],
  ['GR-R-008-2', (d) => d.attachments.push({ ...at(d.attachments, 1) }), 'GR-S-008-1'],
  ['GR-R-004-2', (d) => (at(d.attachments).id = '0123')],
  ['GR-R-008-3', (d) => without(at(d.attachments, 1), 'location')],
  ['GR-R-005', (d) => without(d.buyer, 'tradingName')],
  ['GR-R-009', (d) => (d.seller.electronicAddress = { id: '094014202', scheme: '9933' })],
  ['GR-R-009', (d) => (d.seller.electronicAddress = { id: '4000001123452', scheme: '0088' })],
  ['GR-R-006', (d) => without(d.buyer, 'vatId')],
  ['GR-R-010', (d) => (d.buyer.electronicAddress = { id: '094019246', scheme: '9933' })],
]

const kennitala = (id: string) => ({ id, scheme: '0196' })
const icelandicTrade = trade(
  'IS',
  { vatId: 'IS123456', legalRegistration: kennitala('5501698949') },
  {
    dueOn: '2026-03-31',
    attachments: [{ id: '2026-04-15', description: 'EINDAGI' }],
    payment: { meansCode: '9', creditTransfers: [{ account: '010166123456' }] },
    buyer: {
      name: 'Buyer',
      legalRegistration: kennitala('4602694579'),
      electronicAddress: { id: '7300010000001', scheme: '0088' },
      address: { line1: 'Street 1', city: 'Town', postCode: '1234', country: 'IS' },
    },
  },
)
const icelandic: readonly Row[] = [
  ['IS-R-001', (d) => (d.typeCode = '386')],
  ['IS-R-002', (d) => (d.seller.legalRegistration.scheme = '0204')],
  ['IS-R-002', (d) => without(d.seller, 'legalRegistration')],
  ['IS-R-003', (d) => without(d.seller.address, 'line1')],
  ['IS-R-003', (d) => without(d.seller.address, 'postCode')],
  ['IS-R-006', (d) => (at(d.payment.creditTransfers).account = '01016612345')],
  ['IS-R-006', (d) => without(d.payment, 'creditTransfers')],
  ['IS-R-007', (d) => (d.payment = { meansCode: '42', creditTransfers: [{ account: '1' }] } as never)],
  ['IS-R-008', (d) => (at(d.attachments).id = '2026-04-31')],
  ['IS-R-009', (d) => without(d, 'dueOn'), 'IS-R-010'],
  ['IS-R-010', (d) => (at(d.attachments).id = '2026-03-30')],
  ['IS-R-004', (d) => without(d.buyer, 'legalRegistration')],
  ['IS-R-005', (d) => without(d.buyer.address, 'line1')],
]

/** Rules of one country, on a document that keeps them. */
const national: readonly Breach[] = [
  ...dutch.map(on(dutchTrade)),
  ...swedish.map(on(swedishTrade)),
  ...italian.map(on(italianTrade)),
  ...norwegian.map(on(norwegianTrade)),
  ...danish.map(on(danishTrade)),
  ...greek.map(on(greekTrade)),
  ...icelandic.map(on(icelandicTrade)),
]

const xrechnungInvoice: ElectronicInvoice = { ...fullInvoice, specification: specifications.xrechnung }
const card = { number: '1234', holder: 'A' }
const directDebit = {
  mandate: 'M-1',
  creditor: 'DE98ZZZ09999999999',
  debitedAccount: 'DE02120300000000202051',
}

const xrechnung: readonly Row[] = [
  ['BR-DE-1', (d) => without(d, 'payment')],
  ['BR-DE-2', (d) => without(d.seller, 'contact')],
  ['BR-DE-3', (d) => without(d.seller.address, 'city')],
  ['BR-DE-4', (d) => without(d.seller.address, 'postCode')],
  ['BR-DE-5', (d) => without(d.seller.contact, 'name')],
  ['BR-DE-6', (d) => without(d.seller.contact, 'telephone')],
  ['BR-DE-7', (d) => without(d.seller.contact, 'email')],
  ['BR-DE-8', (d) => without(d.buyer.address, 'city')],
  ['BR-DE-9', (d) => without(d.buyer.address, 'postCode')],
  ['BR-DE-10', (d) => without(d.delivery.address, 'city')],
  ['BR-DE-11', (d) => without(d.delivery.address, 'postCode')],
  ['BR-DE-14', (d) => d.taxes.push({ taxable: '0', tax: '0', category: 'S' } as never), 'BR-48'],
  ['BR-DE-15', (d) => without(d, 'buyerReference')],
  [
    'BR-DE-16',
    (d) => {
      ;['vatId', 'taxRegistration'].forEach((key) => without(d.seller, key))
      without(d, 'taxRepresentative')
    },
    'BR-S-02',
    'BR-S-03',
    'BR-S-04',
  ],
  ['BR-DE-17', (d) => (d.typeCode = '386')],
  ['BR-DE-18', (d) => (d.paymentTerms = '#SKONTO#TAGE=14#PROZENT=2#')],
  ['BR-DE-19', (d) => (at(d.payment.creditTransfers).account = 'DE03120300000000202051')],
  [
    'BR-DE-20',
    (d) =>
      (d.payment = { meansCode: '59', directDebit: { ...directDebit, debitedAccount: 'DE03' } } as never),
  ],
  [
    'BR-DE-21',
    (d) => (d.specification = 'urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_1.2'),
  ],
  ['BR-DE-22', (d) => d.attachments.push({ ...at(d.attachments, 1), id: 'A-3' })],
  ['BR-DE-23-a', (d) => without(d.payment, 'creditTransfers'), 'BR-61'],
  ['BR-DE-23-b', (d) => (d.payment.card = card as never)],
  ['BR-DE-24-a', (d) => (d.payment = { meansCode: '48' } as never)],
  ['BR-DE-24-b', (d) => (d.payment = { meansCode: '48', card, directDebit } as never)],
  ['BR-DE-25-a', (d) => (d.payment = { meansCode: '59' } as never)],
  ['BR-DE-25-b', (d) => (d.payment = { meansCode: '59', card, directDebit } as never)],
  ['BR-DE-26', (d) => ((d.typeCode = '384'), without(d, 'precedingInvoices'))],
  ['BR-DE-27', (d) => (d.seller.contact.telephone = 'none')],
  ['BR-DE-28', (d) => (d.seller.contact.email = 'ada@muster')],
  [
    'BR-DE-30',
    (d) => (d.payment = { meansCode: '59', directDebit: { ...directDebit, creditor: '' } } as never),
  ],
  [
    'BR-DE-31',
    (d) => (d.payment = { meansCode: '59', directDebit: { ...directDebit, debitedAccount: '' } } as never),
    'BR-DE-20',
  ],
]

/** The number that Peppol gave a rule of XRechnung. */
const germanPeppolId = (id: string): string =>
  id
    .replace(/^BR-DE-([0-9]+)/, (_, number: string) => `DE-R-${number.padStart(3, '0')}`)
    .replace(/-a$/, '-1')
    .replace(/-b$/, '-2')

/** The specification is XRechnung's own affair. */
const germanPeppolRow = ([id, change, ...also]: Row): readonly Row[] =>
  id === 'BR-DE-21'
    ? []
    : [
        [
          germanPeppolId(id),
          change,
          ...also.map(germanPeppolId),
          // A debit that gives nothing gives no mandate either.
          ...(id === 'BR-DE-25-a' ? ['PEPPOL-EN16931-R061'] : []),
        ],
      ]

/** Codes of exemptions, each at a category that is not its own. */
const exemptions: readonly Breach[] = [
  ['P0104', 'VATEX-EU-G', 'AE'],
  ['P0105', 'VATEX-EU-O', 'G'],
  ['P0106', 'VATEX-EU-IC', 'G'],
  ['P0107', 'VATEX-EU-AE', 'G'],
  ['P0108', 'VATEX-EU-D', 'G'],
  ['P0109', 'VATEX-EU-F', 'G'],
  ['P0110', 'VATEX-EU-I', 'G'],
  ['P0111', 'VATEX-EU-J', 'G'],
].map(([number = '', code = '', category = '']) => {
  const { specification, seller, buyer } = peppolInvoice
  const taxedBuyer = { ...buyer, vatId: 'ATU12345678' }
  const sample = { ...categorySample(category), specification, notes: [], seller, buyer: taxedBuyer }
  return on(sample)([`PEPPOL-EN16931-${number}`, (d) => (at(d.taxes).exemptionCode = code)])
})

/** One breach for each rule that is not about a tax category. */
export const breaches: readonly Breach[] = [
  ...core.map(on(fullInvoice)),
  ...peppol.map(on(peppolInvoice)),
  ...identifiers.map(on(peppolInvoice)),
  ...national,
  ...xrechnung.map(on(xrechnungInvoice)),
  ...xrechnung.flatMap(germanPeppolRow).map(on(germanTrade)),
  on(categorySample('E'))(['BR-CL-22', (d) => (at(d.taxes).exemptionCode = 'VATEX-XX')]),
  ...exemptions,
]

const families = [
  ['S', 'S'],
  ['Z', 'Z'],
  ['E', 'E'],
  ['AE', 'AE'],
  ['K', 'IC'],
  ['G', 'G'],
  ['O', 'O'],
  ['L', 'AF'],
  ['M', 'AG'],
] as const

/** A sample in which the category stands at one of its places alone; the others are of a category that demands nothing of the sort. */
const only = (category: string, place: 'line' | 'allowance' | 'charge'): ElectronicInvoice => {
  const { allowances, charges, ...rest } = categorySample(category)
  const { allowances: sumOfAllowances, charges: sumOfCharges, ...totals } = rest.totals
  if (place === 'line') return { ...rest, totals: { ...totals } }
  const other = category === 'O' ? 'O' : 'Z'
  const [line] = rest.lines
  const [tax] = rest.taxes
  if (line === undefined || tax === undefined) throw new Error('the sample has lines and taxes')
  if (category === other) return categorySample(category)
  const isCharge = place === 'charge'
  const rated = tax.rate === '7'
  const taxable = isCharge ? '10.00' : '-10.00'
  const levied = rated ? (isCharge ? '0.70' : '-0.70') : '0.00'
  const net = isCharge ? '215.00' : '195.00'
  const gross = rated ? (isCharge ? '215.70' : '194.30') : net
  return {
    ...rest,
    ...(isCharge ? { charges: charges ?? [] } : { allowances: allowances ?? [] }),
    lines: [{ ...line, tax: { category: other, rate: '0' } }],
    taxes: [
      { taxable: '205.00', tax: '0.00', category: other, rate: '0' },
      { ...tax, taxable, tax: levied },
    ],
    totals: {
      lineNet: '205.00',
      ...(isCharge ? { charges: sumOfCharges ?? '' } : { allowances: sumOfAllowances ?? '' }),
      net,
      tax: levied,
      gross,
      due: gross,
    },
  }
}

const loseParties =
  (category: string) =>
  (d: Required<Draft>): void => {
    if (category === 'O') {
      d.buyer.vatId = 'DE987654321'
      return
    }
    if (category === 'AE') {
      without(d.buyer, 'legalRegistration')
      without(d.buyer, 'vatId')
      return
    }
    if (category === 'K') {
      without(d.buyer, 'vatId')
      return
    }
    without(d.seller, 'vatId')
    if (category !== 'G') without(d.seller, 'taxRegistration')
    without(d, 'taxRepresentative')
  }

const wrongRate = (category: string): string =>
  category === 'S' ? '0' : category === 'L' || category === 'M' ? '-1' : '7'

const familyBreaches = families.flatMap(([category, family]): readonly Breach[] => {
  const id = (number: string): string => `BR-${family}-${number}`
  const isRated = category === 'S' || category === 'L' || category === 'M'
  const rate = wrongRate(category)
  const sample = categorySample(category)
  const line = only(category, 'line')
  const allowance = only(category, 'allowance')
  const charge = only(category, 'charge')
  const partiesAlso = (own: string, used: ElectronicInvoice): readonly string[] => {
    const others = [
      ['02', used.lines.some(({ tax }) => tax.category === category)],
      ['03', (used.allowances ?? []).length > 0],
      ['04', (used.charges ?? []).length > 0],
    ] as const
    const mine = others.flatMap(([number, isUsed]) => (isUsed && number !== own ? [id(number)] : []))
    const isZeroBeside = category !== 'Z' && category !== 'O' && used !== line && used !== sample
    const zero = isZeroBeside && ['S', 'E', 'L', 'M'].includes(category) ? ['BR-Z-02'] : []
    return [...mine, ...zero]
  }
  return [
    on(sample)([
      id('01'),
      (d) => (at(d.taxes).category = category === 'Z' ? 'S' : 'Z'),
      ...(category === 'Z' ? ['BR-S-01', 'BR-S-08'] : ['BR-Z-01', 'BR-Z-08']),
      ...(category === 'O' ? ['BR-48'] : []),
      ...(isRated ? ['BR-Z-09'] : category === 'Z' ? [] : ['BR-Z-10']),
    ]),
    on(line)([id('02'), loseParties(category)]),
    on(allowance)([id('03'), loseParties(category), ...partiesAlso('03', allowance)]),
    on(charge)([id('04'), loseParties(category), ...partiesAlso('04', charge)]),
    on(line)([id('05'), (d) => (at(d.lines).tax.rate = rate), ...(isRated ? [id('08')] : [])]),
    on(sample)([id('06'), (d) => (at(d.allowances).taxRate = rate), ...(isRated ? [id('08')] : [])]),
    on(sample)([id('07'), (d) => (at(d.charges).taxRate = rate), ...(isRated ? [id('08')] : [])]),
    on(sample)([id('08'), (d) => (at(d.taxes).taxable = '204.00')]),
    on(sample)([
      id('09'),
      (d) => {
        const tax = isRated ? '16.35' : '1.00'
        at(d.taxes).tax = tax
        d.totals.tax = tax
        d.totals.gross = isRated ? '221.35' : '206.00'
        d.totals.due = d.totals.gross
      },
      'BR-CO-17',
    ]),
    on(sample)([
      id('10'),
      (d) =>
        isRated || category === 'Z'
          ? (at(d.taxes).exemptionReason = 'none')
          : without(at(d.taxes), 'exemptionReason'),
    ]),
  ]
})

const splitPayment: ElectronicInvoice = {
  ...categorySample('Z'),
  seller: { ...fullInvoice.seller, address: { city: 'Roma', country: 'IT' } },
  buyer: { ...fullInvoice.buyer, address: { city: 'Milano', country: 'IT' } },
  allowances: [{ amount: '10.00', reason: 'Agreed', taxCategory: 'B', taxRate: '0' }],
  charges: [{ amount: '10.00', reason: 'Agreed', taxCategory: 'B', taxRate: '0' }],
}

/** One breach for each rule of each tax category. */
export const categoryBreaches: readonly Breach[] = [
  ...familyBreaches,
  on(categorySample('K'))(['BR-IC-11', (d) => (without(d.delivery, 'deliveredOn'), without(d, 'period'))]),
  on(categorySample('K'))(['BR-IC-12', (d) => without(d.delivery, 'address')]),
  on(categorySample('O'))([
    'BR-O-11',
    (d) => d.taxes.push({ taxable: '0.00', tax: '0.00', category: 'B', rate: '22' } as never),
  ]),
  on(categorySample('O'))([
    'BR-O-12',
    (d) => d.lines.push({ ...at(d.lines), net: '0.00', tax: { category: 'Z', rate: '0' } }),
    'BR-Z-01',
  ]),
  on(categorySample('O'))(['BR-O-13', (d) => (at(d.allowances).taxCategory = 'B'), 'BR-O-08', 'BR-B-01']),
  on(categorySample('O'))(['BR-O-14', (d) => (at(d.charges).taxCategory = 'B'), 'BR-O-08', 'BR-B-01']),
  on(splitPayment)(['BR-B-01', (d) => (d.buyer.address.country = 'DE')]),
  on(splitPayment)([
    'BR-B-02',
    (d) => d.lines.push({ ...at(d.lines), net: '0.00', tax: { category: 'S', rate: '22' } }),
    'BR-S-01',
  ]),
]
