import type { DocumentLevelAmount, ElectronicInvoice, LineLevelAmount } from './electronic-invoice.js'
import { group, text, type XmlNode } from './xml-node.js'

/** Writes an amount with the document's currency. */
export type UblMoney = (name: string, amount: string | undefined) => XmlNode | undefined

/** BG-20, BG-21 where the amount has a tax category, BG-27, BG-28 where it has none. */
export const ublAllowanceCharge = (
  isCharge: 'true' | 'false',
  amount: LineLevelAmount | DocumentLevelAmount,
  money: UblMoney,
): XmlNode | undefined =>
  group(
    'cac:AllowanceCharge',
    text('cbc:ChargeIndicator', isCharge),
    text('cbc:AllowanceChargeReasonCode', amount.reasonCode),
    text('cbc:AllowanceChargeReason', amount.reason),
    text('cbc:MultiplierFactorNumeric', amount.percent),
    money('cbc:Amount', amount.amount),
    money('cbc:BaseAmount', amount.base),
    'taxCategory' in amount
      ? ublTaxCategory('cac:TaxCategory', amount.taxCategory, amount.taxRate)
      : undefined,
  )

/** BG-23 and BT-110; a total of its own for BT-111. */
export const ublTaxTotal = (
  { taxes, totals, taxCurrency }: ElectronicInvoice,
  money: UblMoney,
): readonly (XmlNode | undefined)[] => [
  group(
    'cac:TaxTotal',
    // The schema demands the element, also where no tax is due.
    money('cbc:TaxAmount', totals.tax ?? '0.00'),
    taxes.map((tax) =>
      group(
        'cac:TaxSubtotal',
        money('cbc:TaxableAmount', tax.taxable),
        money('cbc:TaxAmount', tax.tax),
        ublTaxCategory(
          'cac:TaxCategory',
          tax.category,
          tax.rate,
          text('cbc:TaxExemptionReasonCode', tax.exemptionCode),
          text('cbc:TaxExemptionReason', tax.exemptionReason),
        ),
      ),
    ),
  ),
  group('cac:TaxTotal', text('cbc:TaxAmount', totals.taxInTaxCurrency, { currencyID: taxCurrency })),
]

export const ublTaxCategory = (
  name: string,
  category: string,
  rate: string | undefined,
  ...exemption: readonly (XmlNode | undefined)[]
): XmlNode | undefined =>
  group(
    name,
    text('cbc:ID', category),
    text('cbc:Percent', rate),
    ...exemption,
    group('cac:TaxScheme', text('cbc:ID', 'VAT')),
  )
