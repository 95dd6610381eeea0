import type { PartyContact, PostalAddress, SellerParty } from '../electronic-invoice.js'
import { fact, type Fact } from './fact.js'
import type { DocumentLanguage, Words } from './words.js'

/** The lines of an address as post is addressed, without the name; the country only where it is not the other party's. */
export const partyLines = (
  party: { readonly tradingName?: string; readonly contact?: PartyContact; readonly address: PostalAddress },
  otherCountry: string,
  language: DocumentLanguage,
): readonly string[] => {
  const { address } = party
  const country = address.country === otherCountry ? undefined : countryName(address.country, language)
  return [
    party.tradingName,
    party.contact?.name,
    address.line1,
    address.line2,
    address.line3,
    cityLine(address),
    country,
  ].flatMap((line) => (line === undefined || line.trim() === '' ? [] : [line]))
}

/** The sender in one line, as it stands above the buyer in the window of an envelope. */
export const senderLine = ({ name, address }: SellerParty): string =>
  [name, address.line1, cityLine(address)].filter(Boolean).join(', ')

/** Where the post code stands behind the city. */
const cityFirst = new Set('US CA GB IE AU NZ IN'.split(' '))

const cityLine = ({ city, postCode, subdivision, country }: PostalAddress): string => {
  const parts = cityFirst.has(country) ? [city, subdivision, postCode] : [postCode, city]
  return parts.filter(Boolean).join(' ')
}

const countryName = (country: string, language: DocumentLanguage): string =>
  /^[A-Z]{2}$/.test(country)
    ? (new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country)
    : country

/** How to reach a seller, and what the law wants to know of one. */
export const sellerFacts = (seller: SellerParty, words: Words): readonly Fact[] => [
  ...fact('Tel.', seller.contact?.telephone),
  ...fact('E-Mail', seller.contact?.email),
  ...fact(words.taxId, seller.vatId ?? seller.taxRegistration),
  ...fact(words.registration, seller.legalRegistration?.id),
]
