import type { InvoiceLine, LineItem, LinePrice } from './electronic-invoice.js'
import { ublAllowanceCharge, ublTaxCategory, type UblMoney } from './ubl-amounts.js'
import { ublDocumentReference, ublPeriod } from './ubl-references.js'
import { group, text, type XmlNode } from './xml-node.js'

/** What a line and its quantity are called in an Invoice or a CreditNote. */
export interface UblLineNames {
  readonly line: string
  readonly quantity: string
}

/** BG-25 */
export const ublLine = (names: UblLineNames, line: InvoiceLine, money: UblMoney): XmlNode | undefined =>
  group(
    names.line,
    text('cbc:ID', line.id),
    text('cbc:Note', line.note),
    text(names.quantity, line.quantity, { unitCode: line.unit }),
    money('cbc:LineExtensionAmount', line.net),
    text('cbc:AccountingCost', line.buyerAccountingReference),
    ublPeriod(line.period),
    group('cac:OrderLineReference', text('cbc:LineID', line.orderLine)),
    ublDocumentReference(
      'cac:DocumentReference',
      line.invoicedObject?.id,
      '130',
      line.invoicedObject?.scheme,
    ),
    (line.allowances ?? []).map((allowance) => ublAllowanceCharge('false', allowance, money)),
    (line.charges ?? []).map((charge) => ublAllowanceCharge('true', charge, money)),
    item(line),
    price(line.price, money),
  )

const item = ({ item: sold, tax }: InvoiceLine): XmlNode | undefined =>
  group(
    'cac:Item',
    text('cbc:Description', sold.description),
    text('cbc:Name', sold.name),
    group('cac:BuyersItemIdentification', text('cbc:ID', sold.buyerId)),
    group('cac:SellersItemIdentification', text('cbc:ID', sold.sellerId)),
    group(
      'cac:StandardItemIdentification',
      text('cbc:ID', sold.standardId?.id, { schemeID: sold.standardId?.scheme }),
    ),
    group('cac:OriginCountry', text('cbc:IdentificationCode', sold.originCountry)),
    classifications(sold),
    tax.category === '' ? undefined : ublTaxCategory('cac:ClassifiedTaxCategory', tax.category, tax.rate),
    (sold.attributes ?? []).map(({ name, value }) =>
      group('cac:AdditionalItemProperty', text('cbc:Name', name), text('cbc:Value', value)),
    ),
  )

const classifications = ({ classifications: all = [] }: LineItem): readonly (XmlNode | undefined)[] =>
  all.map(({ code, scheme, version }) =>
    group(
      'cac:CommodityClassification',
      text('cbc:ItemClassificationCode', code, { listID: scheme, listVersionID: version }),
    ),
  )

/** BG-29. The element of the discount must name one, so a gross price alone is written with a discount of zero. */
const price = (value: LinePrice, money: UblMoney): XmlNode | undefined =>
  group(
    'cac:Price',
    money('cbc:PriceAmount', value.net),
    text('cbc:BaseQuantity', value.baseQuantity, { unitCode: value.baseUnit }),
    value.gross === undefined && value.discount === undefined
      ? undefined
      : group(
          'cac:AllowanceCharge',
          text('cbc:ChargeIndicator', 'false'),
          money('cbc:Amount', value.discount ?? '0'),
          money('cbc:BaseAmount', value.gross),
        ),
  )
