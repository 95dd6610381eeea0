import type {
  BuyerParty,
  DeliveryInformation,
  Identifier,
  PartyContact,
  PayeeParty,
  PostalAddress,
  SellerParty,
  TaxRepresentative,
} from './electronic-invoice.js'
import { group, text, type XmlNode } from './xml-node.js'

/** BG-4 */
export const ciiSeller = (seller: SellerParty): XmlNode | undefined =>
  group(
    'ram:SellerTradeParty',
    identifiers(seller.ids ?? []),
    text('ram:Name', seller.name),
    text('ram:Description', seller.legalInformation),
    legalOrganization(seller.legalRegistration, seller.tradingName),
    contact(seller.contact),
    address(seller.address),
    electronicAddress(seller.electronicAddress),
    taxRegistration(seller.vatId, 'VA'),
    taxRegistration(seller.taxRegistration, 'FC'),
  )

/** BG-7 */
export const ciiBuyer = (buyer: BuyerParty): XmlNode | undefined =>
  group(
    'ram:BuyerTradeParty',
    identifiers(buyer.id === undefined ? [] : [buyer.id]),
    text('ram:Name', buyer.name),
    legalOrganization(buyer.legalRegistration, buyer.tradingName),
    contact(buyer.contact),
    address(buyer.address),
    electronicAddress(buyer.electronicAddress),
    taxRegistration(buyer.vatId, 'VA'),
  )

/** BG-10 */
export const ciiPayee = (payee: PayeeParty | undefined): XmlNode | undefined =>
  payee === undefined
    ? undefined
    : group(
        'ram:PayeeTradeParty',
        identifiers(payee.id === undefined ? [] : [payee.id]),
        text('ram:Name', payee.name),
        legalOrganization(payee.legalRegistration, undefined),
      )

/** BG-11 */
export const ciiTaxRepresentative = (party: TaxRepresentative | undefined): XmlNode | undefined =>
  party === undefined
    ? undefined
    : group(
        'ram:SellerTaxRepresentativeTradeParty',
        text('ram:Name', party.name),
        address(party.address),
        taxRegistration(party.vatId, 'VA'),
      )

/** BG-13, but for the date. */
export const ciiShipTo = (delivery: DeliveryInformation | undefined): XmlNode | undefined =>
  delivery === undefined
    ? undefined
    : group(
        'ram:ShipToTradeParty',
        identifiers(delivery.location === undefined ? [] : [delivery.location]),
        text('ram:Name', delivery.name),
        delivery.address === undefined ? undefined : address(delivery.address),
      )

/** Identifiers with a scheme have an element of their own, which comes second. */
const identifiers = (ids: readonly Identifier[]): readonly (XmlNode | undefined)[] => [
  ...ids.filter(({ scheme }) => scheme === undefined).map(({ id }) => text('ram:ID', id)),
  ...ids
    .filter(({ scheme }) => scheme !== undefined)
    .map(({ id, scheme }) => text('ram:GlobalID', id, { schemeID: scheme })),
]

const legalOrganization = (
  registration: Identifier | undefined,
  tradingName: string | undefined,
): XmlNode | undefined =>
  group(
    'ram:SpecifiedLegalOrganization',
    text('ram:ID', registration?.id, { schemeID: registration?.scheme }),
    text('ram:TradingBusinessName', tradingName),
  )

const contact = (value: PartyContact | undefined): XmlNode | undefined =>
  group(
    'ram:DefinedTradeContact',
    text('ram:PersonName', value?.name),
    group('ram:TelephoneUniversalCommunication', text('ram:CompleteNumber', value?.telephone)),
    group('ram:EmailURIUniversalCommunication', text('ram:URIID', value?.email)),
  )

const address = (value: PostalAddress): XmlNode | undefined =>
  group(
    'ram:PostalTradeAddress',
    text('ram:PostcodeCode', value.postCode),
    text('ram:LineOne', value.line1),
    text('ram:LineTwo', value.line2),
    text('ram:LineThree', value.line3),
    text('ram:CityName', value.city),
    text('ram:CountryID', value.country),
    text('ram:CountrySubDivisionName', value.subdivision),
  )

const electronicAddress = (value: Identifier | undefined): XmlNode | undefined =>
  group('ram:URIUniversalCommunication', text('ram:URIID', value?.id, { schemeID: value?.scheme }))

const taxRegistration = (id: string | undefined, scheme: 'VA' | 'FC'): XmlNode | undefined =>
  group('ram:SpecifiedTaxRegistration', text('ram:ID', id, { schemeID: scheme }))
