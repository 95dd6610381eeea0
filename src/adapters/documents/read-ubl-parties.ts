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
import { all, member, members, one, textOf, unlessEmpty, type XmlElement } from './xml-element.js'

/** BG-4 */
export const ublSellerOf = (party: XmlElement | undefined): SellerParty => ({
  name: textOf(party, 'PartyLegalEntity', 'RegistrationName') ?? '',
  ...member('tradingName', textOf(party, 'PartyName', 'Name')),
  ...members('ids', identifiersOf(party)),
  ...member('legalRegistration', ublIdentifierOf(one(party, 'PartyLegalEntity', 'CompanyID'))),
  ...member('vatId', taxIdOf(party, true)),
  ...member('taxRegistration', taxIdOf(party, false)),
  ...member('legalInformation', textOf(party, 'PartyLegalEntity', 'CompanyLegalForm')),
  ...member('electronicAddress', ublIdentifierOf(one(party, 'EndpointID'))),
  address: addressOf(one(party, 'PostalAddress')),
  ...member('contact', contactOf(one(party, 'Contact'))),
})

/** BG-7 */
export const ublBuyerOf = (party: XmlElement | undefined): BuyerParty => ({
  name: textOf(party, 'PartyLegalEntity', 'RegistrationName') ?? '',
  ...member('tradingName', textOf(party, 'PartyName', 'Name')),
  ...member('id', identifiersOf(party)[0]),
  ...member('legalRegistration', ublIdentifierOf(one(party, 'PartyLegalEntity', 'CompanyID'))),
  ...member('vatId', taxIdOf(party, true)),
  ...member('electronicAddress', ublIdentifierOf(one(party, 'EndpointID'))),
  address: addressOf(one(party, 'PostalAddress')),
  ...member('contact', contactOf(one(party, 'Contact'))),
})

/** BG-10 */
export const ublPayeeOf = (party: XmlElement | undefined): PayeeParty | undefined =>
  party === undefined
    ? undefined
    : {
        name: textOf(party, 'PartyName', 'Name') ?? '',
        ...member('id', identifiersOf(party)[0]),
        ...member('legalRegistration', ublIdentifierOf(one(party, 'PartyLegalEntity', 'CompanyID'))),
      }

/** BG-11 */
export const ublRepresentativeOf = (party: XmlElement | undefined): TaxRepresentative | undefined =>
  party === undefined
    ? undefined
    : {
        name: textOf(party, 'PartyName', 'Name') ?? '',
        vatId: taxIdOf(party, true) ?? '',
        address: addressOf(one(party, 'PostalAddress')),
      }

/** BG-13 */
export const ublDeliveryOf = (delivery: XmlElement | undefined): DeliveryInformation | undefined => {
  const address = one(delivery, 'DeliveryLocation', 'Address')
  return unlessEmpty({
    ...member('name', textOf(delivery, 'DeliveryParty', 'PartyName', 'Name')),
    ...member('location', ublIdentifierOf(one(delivery, 'DeliveryLocation', 'ID'))),
    ...member('deliveredOn', textOf(delivery, 'ActualDeliveryDate')),
    ...member('address', address === undefined ? undefined : addressOf(address)),
  })
}

/** The creditor identifier of a direct debit (BT-90) is no identifier of the party. */
const identifiersOf = (party: XmlElement | undefined): readonly Identifier[] =>
  all(party, 'PartyIdentification', 'ID')
    .map(ublIdentifierOf)
    .filter((identifier) => identifier !== undefined)
    .filter(({ scheme }) => scheme !== 'SEPA')

export const ublIdentifierOf = (element: XmlElement | undefined): Identifier | undefined =>
  element === undefined || element.text === ''
    ? undefined
    : { id: element.text, ...member('scheme', element.attributes.get('schemeID')) }

const taxIdOf = (party: XmlElement | undefined, isVat: boolean): string | undefined => {
  const scheme = all(party, 'PartyTaxScheme').find(
    (each) => (textOf(each, 'TaxScheme', 'ID')?.toUpperCase() === 'VAT') === isVat,
  )
  return textOf(scheme, 'CompanyID')
}

const addressOf = (element: XmlElement | undefined): PostalAddress => ({
  ...member('line1', textOf(element, 'StreetName')),
  ...member('line2', textOf(element, 'AdditionalStreetName')),
  ...member('line3', textOf(element, 'AddressLine', 'Line')),
  ...member('city', textOf(element, 'CityName')),
  ...member('postCode', textOf(element, 'PostalZone')),
  ...member('subdivision', textOf(element, 'CountrySubentity')),
  country: textOf(element, 'Country', 'IdentificationCode') ?? '',
})

const contactOf = (element: XmlElement | undefined): PartyContact | undefined =>
  unlessEmpty({
    ...member('name', textOf(element, 'Name')),
    ...member('telephone', textOf(element, 'Telephone')),
    ...member('email', textOf(element, 'ElectronicMail')),
  })
