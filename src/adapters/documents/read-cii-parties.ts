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
export const ciiSellerOf = (party: XmlElement | undefined): SellerParty => ({
  name: textOf(party, 'Name') ?? '',
  ...member('tradingName', textOf(party, 'SpecifiedLegalOrganization', 'TradingBusinessName')),
  ...members('ids', identifiersOf(party)),
  ...member('legalRegistration', identifierOf(one(party, 'SpecifiedLegalOrganization', 'ID'))),
  ...member('vatId', taxIdOf(party, 'VA')),
  ...member('taxRegistration', taxIdOf(party, 'FC')),
  ...member('legalInformation', textOf(party, 'Description')),
  ...member('electronicAddress', identifierOf(one(party, 'URIUniversalCommunication', 'URIID'))),
  address: addressOf(one(party, 'PostalTradeAddress')),
  ...member('contact', contactOf(one(party, 'DefinedTradeContact'))),
})

/** BG-7 */
export const ciiBuyerOf = (party: XmlElement | undefined): BuyerParty => ({
  name: textOf(party, 'Name') ?? '',
  ...member('tradingName', textOf(party, 'SpecifiedLegalOrganization', 'TradingBusinessName')),
  ...member('id', identifiersOf(party)[0]),
  ...member('legalRegistration', identifierOf(one(party, 'SpecifiedLegalOrganization', 'ID'))),
  ...member('vatId', taxIdOf(party, 'VA')),
  ...member('electronicAddress', identifierOf(one(party, 'URIUniversalCommunication', 'URIID'))),
  address: addressOf(one(party, 'PostalTradeAddress')),
  ...member('contact', contactOf(one(party, 'DefinedTradeContact'))),
})

/** BG-10 */
export const ciiPayeeOf = (party: XmlElement | undefined): PayeeParty | undefined =>
  party === undefined
    ? undefined
    : {
        name: textOf(party, 'Name') ?? '',
        ...member('id', identifiersOf(party)[0]),
        ...member('legalRegistration', identifierOf(one(party, 'SpecifiedLegalOrganization', 'ID'))),
      }

/** BG-11 */
export const ciiRepresentativeOf = (party: XmlElement | undefined): TaxRepresentative | undefined =>
  party === undefined
    ? undefined
    : {
        name: textOf(party, 'Name') ?? '',
        vatId: taxIdOf(party, 'VA') ?? '',
        address: addressOf(one(party, 'PostalTradeAddress')),
      }

/** BG-13 */
export const ciiDeliveryOf = (
  party: XmlElement | undefined,
  deliveredOn: string | undefined,
): DeliveryInformation | undefined => {
  const address = one(party, 'PostalTradeAddress')
  return unlessEmpty({
    ...member('name', textOf(party, 'Name')),
    ...member('location', identifiersOf(party)[0]),
    ...member('deliveredOn', deliveredOn),
    ...member('address', address === undefined ? undefined : addressOf(address)),
  })
}

const identifiersOf = (party: XmlElement | undefined): readonly Identifier[] =>
  [...all(party, 'ID'), ...all(party, 'GlobalID')]
    .map(identifierOf)
    .filter((identifier) => identifier !== undefined)

const identifierOf = (element: XmlElement | undefined): Identifier | undefined =>
  element === undefined || element.text === ''
    ? undefined
    : { id: element.text, ...member('scheme', element.attributes.get('schemeID')) }

const taxIdOf = (party: XmlElement | undefined, scheme: 'VA' | 'FC'): string | undefined =>
  all(party, 'SpecifiedTaxRegistration', 'ID').find(
    ({ attributes }) => attributes.get('schemeID')?.toUpperCase() === scheme,
  )?.text

const addressOf = (element: XmlElement | undefined): PostalAddress => ({
  ...member('line1', textOf(element, 'LineOne')),
  ...member('line2', textOf(element, 'LineTwo')),
  ...member('line3', textOf(element, 'LineThree')),
  ...member('city', textOf(element, 'CityName')),
  ...member('postCode', textOf(element, 'PostcodeCode')),
  ...member('subdivision', textOf(element, 'CountrySubDivisionName')),
  country: textOf(element, 'CountryID') ?? '',
})

const contactOf = (element: XmlElement | undefined): PartyContact | undefined =>
  unlessEmpty({
    ...member('name', textOf(element, 'PersonName') ?? textOf(element, 'DepartmentName')),
    ...member('telephone', textOf(element, 'TelephoneUniversalCommunication', 'CompleteNumber')),
    ...member('email', textOf(element, 'EmailURIUniversalCommunication', 'URIID')),
  })
