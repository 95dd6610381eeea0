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

/** BG-4; `creditor` is BT-90, which UBL keeps with the party that collects the money. */
export const ublSeller = (seller: SellerParty, creditor: string | undefined): XmlNode | undefined =>
  group(
    'cac:AccountingSupplierParty',
    group(
      'cac:Party',
      identifier('cbc:EndpointID', seller.electronicAddress),
      [...(seller.ids ?? []), ...sepa(creditor)].map(identification),
      group('cac:PartyName', text('cbc:Name', seller.tradingName)),
      ublAddress('cac:PostalAddress', seller.address),
      taxScheme(seller.vatId, 'VAT'),
      // Any scheme but VAT stands for the local tax office.
      taxScheme(seller.taxRegistration, 'TAX'),
      legalEntity(seller.name, seller.legalRegistration, seller.legalInformation),
      contact(seller.contact),
    ),
  )

/** BG-7 */
export const ublBuyer = (buyer: BuyerParty): XmlNode | undefined =>
  group(
    'cac:AccountingCustomerParty',
    group(
      'cac:Party',
      identifier('cbc:EndpointID', buyer.electronicAddress),
      identification(buyer.id),
      group('cac:PartyName', text('cbc:Name', buyer.tradingName)),
      ublAddress('cac:PostalAddress', buyer.address),
      taxScheme(buyer.vatId, 'VAT'),
      legalEntity(buyer.name, buyer.legalRegistration),
      contact(buyer.contact),
    ),
  )

/** BG-10 */
export const ublPayee = (payee: PayeeParty | undefined, creditor: string | undefined): XmlNode | undefined =>
  payee === undefined
    ? undefined
    : group(
        'cac:PayeeParty',
        identification(payee.id),
        sepa(creditor).map(identification),
        group('cac:PartyName', text('cbc:Name', payee.name)),
        group('cac:PartyLegalEntity', identifier('cbc:CompanyID', payee.legalRegistration)),
      )

/** BG-11 */
export const ublTaxRepresentative = (party: TaxRepresentative | undefined): XmlNode | undefined =>
  party === undefined
    ? undefined
    : group(
        'cac:TaxRepresentativeParty',
        group('cac:PartyName', text('cbc:Name', party.name)),
        ublAddress('cac:PostalAddress', party.address),
        taxScheme(party.vatId, 'VAT'),
      )

/** BG-13 */
export const ublDelivery = (delivery: DeliveryInformation | undefined): XmlNode | undefined =>
  delivery === undefined
    ? undefined
    : group(
        'cac:Delivery',
        text('cbc:ActualDeliveryDate', delivery.deliveredOn),
        group(
          'cac:DeliveryLocation',
          identifier('cbc:ID', delivery.location),
          delivery.address === undefined ? undefined : ublAddress('cac:Address', delivery.address),
        ),
        group('cac:DeliveryParty', group('cac:PartyName', text('cbc:Name', delivery.name))),
      )

const ublAddress = (name: string, address: PostalAddress): XmlNode | undefined =>
  group(
    name,
    text('cbc:StreetName', address.line1),
    text('cbc:AdditionalStreetName', address.line2),
    text('cbc:CityName', address.city),
    text('cbc:PostalZone', address.postCode),
    text('cbc:CountrySubentity', address.subdivision),
    group('cac:AddressLine', text('cbc:Line', address.line3)),
    group('cac:Country', text('cbc:IdentificationCode', address.country)),
  )

const identifier = (name: string, value: Identifier | undefined): XmlNode | undefined =>
  text(name, value?.id, { schemeID: value?.scheme })

const identification = (value: Identifier | undefined): XmlNode | undefined =>
  group('cac:PartyIdentification', identifier('cbc:ID', value))

const sepa = (creditor: string | undefined): readonly Identifier[] =>
  creditor === undefined ? [] : [{ id: creditor, scheme: 'SEPA' }]

const taxScheme = (id: string | undefined, scheme: string): XmlNode | undefined =>
  id === undefined || id === ''
    ? undefined
    : group('cac:PartyTaxScheme', text('cbc:CompanyID', id), group('cac:TaxScheme', text('cbc:ID', scheme)))

const legalEntity = (
  name: string,
  registration: Identifier | undefined,
  legalForm?: string,
): XmlNode | undefined =>
  group(
    'cac:PartyLegalEntity',
    text('cbc:RegistrationName', name),
    identifier('cbc:CompanyID', registration),
    text('cbc:CompanyLegalForm', legalForm),
  )

const contact = (value: PartyContact | undefined): XmlNode | undefined =>
  group(
    'cac:Contact',
    text('cbc:Name', value?.name),
    text('cbc:Telephone', value?.telephone),
    text('cbc:ElectronicMail', value?.email),
  )
