import { ciiDay } from './cii-references.js'
import type { DocumentLevelAmount, ElectronicInvoice, LineLevelAmount } from './electronic-invoice.js'
import { group, text, type XmlNode } from './xml-node.js'

/** BG-20, BG-21 where the amount has a tax category, BG-27, BG-28 where it has none. */
export const ciiAllowanceCharge = (
  isCharge: 'true' | 'false',
  amount: LineLevelAmount | DocumentLevelAmount,
): XmlNode | undefined =>
  group(
    'ram:SpecifiedTradeAllowanceCharge',
    group('ram:ChargeIndicator', text('udt:Indicator', isCharge)),
    text('ram:CalculationPercent', amount.percent),
    text('ram:BasisAmount', amount.base),
    text('ram:ActualAmount', amount.amount),
    text('ram:ReasonCode', amount.reasonCode),
    text('ram:Reason', amount.reason),
    'taxCategory' in amount ? ciiTax('ram:CategoryTradeTax', amount.taxCategory, amount.taxRate) : undefined,
  )

export const ciiTax = (name: string, category: string, rate: string | undefined): XmlNode | undefined =>
  category === ''
    ? undefined
    : group(
        name,
        text('ram:TypeCode', 'VAT'),
        text('ram:CategoryCode', category),
        text('ram:RateApplicablePercent', rate),
      )

/** BG-23, each with BT-7 or BT-8, which CII keeps there and allows once. */
export const ciiTaxes = ({
  taxes,
  taxPointOn,
  taxPointCode,
}: ElectronicInvoice): readonly (XmlNode | undefined)[] =>
  taxes.map((tax, index) =>
    group(
      'ram:ApplicableTradeTax',
      text('ram:CalculatedAmount', tax.tax),
      text('ram:TypeCode', 'VAT'),
      text('ram:ExemptionReason', tax.exemptionReason),
      text('ram:BasisAmount', tax.taxable),
      text('ram:CategoryCode', tax.category),
      text('ram:ExemptionReasonCode', tax.exemptionCode),
      index === 0 ? ciiDay('ram:TaxPointDate', taxPointOn) : undefined,
      index === 0
        ? text('ram:DueDateTypeCode', ciiTaxPointCodes.get(taxPointCode ?? '') ?? taxPointCode)
        : undefined,
      text('ram:RateApplicablePercent', tax.rate),
    ),
  )

/** BT-8: codes of UNTDID 2005, which the model has, to those of UNTDID 2475, which CII has. */
export const ciiTaxPointCodes: ReadonlyMap<string, string> = new Map([
  ['3', '5'],
  ['35', '29'],
  ['432', '72'],
])

/** BG-22 */
export const ciiMonetarySummation = ({
  totals,
  currency,
  taxCurrency,
}: ElectronicInvoice): XmlNode | undefined =>
  group(
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
    text('ram:LineTotalAmount', totals.lineNet),
    text('ram:ChargeTotalAmount', totals.charges),
    text('ram:AllowanceTotalAmount', totals.allowances),
    text('ram:TaxBasisTotalAmount', totals.net),
    text('ram:TaxTotalAmount', totals.tax, { currencyID: currency }),
    text('ram:TaxTotalAmount', totals.taxInTaxCurrency, { currencyID: taxCurrency }),
    text('ram:RoundingAmount', totals.rounding),
    text('ram:GrandTotalAmount', totals.gross),
    text('ram:TotalPrepaidAmount', totals.prepaid),
    text('ram:DuePayableAmount', totals.due),
  )
