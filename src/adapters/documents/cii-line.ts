import { ciiAllowanceCharge, ciiTax } from './cii-amounts.js'
import { ciiPeriod, ciiReference } from './cii-references.js'
import type { InvoiceLine, LineItem, LinePrice } from './electronic-invoice.js'
import { group, text, type XmlNode } from './xml-node.js'

/** BG-25 */
export const ciiLine = (line: InvoiceLine): XmlNode | undefined =>
  group(
    'ram:IncludedSupplyChainTradeLineItem',
    group(
      'ram:AssociatedDocumentLineDocument',
      text('ram:LineID', line.id),
      group('ram:IncludedNote', text('ram:Content', line.note)),
    ),
    product(line.item),
    group(
      'ram:SpecifiedLineTradeAgreement',
      group('ram:BuyerOrderReferencedDocument', text('ram:LineID', line.orderLine)),
      prices(line.price),
    ),
    group(
      'ram:SpecifiedLineTradeDelivery',
      text('ram:BilledQuantity', line.quantity, { unitCode: line.unit }),
    ),
    group(
      'ram:SpecifiedLineTradeSettlement',
      ciiTax('ram:ApplicableTradeTax', line.tax.category, line.tax.rate),
      ciiPeriod(line.period),
      (line.allowances ?? []).map((allowance) => ciiAllowanceCharge('false', allowance)),
      (line.charges ?? []).map((charge) => ciiAllowanceCharge('true', charge)),
      group('ram:SpecifiedTradeSettlementLineMonetarySummation', text('ram:LineTotalAmount', line.net)),
      ciiReference(
        'ram:AdditionalReferencedDocument',
        line.invoicedObject?.id,
        '130',
        line.invoicedObject?.scheme,
      ),
      group('ram:ReceivableSpecifiedTradeAccountingAccount', text('ram:ID', line.buyerAccountingReference)),
    ),
  )

const product = (item: LineItem): XmlNode | undefined =>
  group(
    'ram:SpecifiedTradeProduct',
    text('ram:GlobalID', item.standardId?.id, { schemeID: item.standardId?.scheme }),
    text('ram:SellerAssignedID', item.sellerId),
    text('ram:BuyerAssignedID', item.buyerId),
    text('ram:Name', item.name),
    text('ram:Description', item.description),
    (item.attributes ?? []).map(({ name, value }) =>
      group('ram:ApplicableProductCharacteristic', text('ram:Description', name), text('ram:Value', value)),
    ),
    (item.classifications ?? []).map(({ code, scheme, version }) =>
      group(
        'ram:DesignatedProductClassification',
        text('ram:ClassCode', code, { listID: scheme, listVersionID: version }),
      ),
    ),
    group('ram:OriginTradeCountry', text('ram:ID', item.originCountry)),
  )

/** BG-29. The base quantity stands with both prices. */
const prices = (price: LinePrice): readonly (XmlNode | undefined)[] => {
  const basis = text('ram:BasisQuantity', price.baseQuantity, { unitCode: price.baseUnit })
  return [
    price.gross === undefined
      ? undefined
      : group(
          'ram:GrossPriceProductTradePrice',
          text('ram:ChargeAmount', price.gross),
          basis,
          price.discount === undefined
            ? undefined
            : group(
                'ram:AppliedTradeAllowanceCharge',
                group('ram:ChargeIndicator', text('udt:Indicator', 'false')),
                text('ram:ActualAmount', price.discount),
              ),
        ),
    price.net === ''
      ? undefined
      : group('ram:NetPriceProductTradePrice', text('ram:ChargeAmount', price.net), basis),
  ]
}
