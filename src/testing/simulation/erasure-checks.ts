import { canonicalJson } from '../../core/canonical-json.js'
import { keyName } from '../../core/ids/key.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { partyKind, type Party } from '../../core/parties/party.js'
import { personalDataKind, type PersonalData } from '../../core/parties/personal-data.js'
import { buyerTaxesKind } from '../../core/tax/buyer-taxes.js'
import type { Shadow, ShadowRecord } from './shadow.js'

/** Everybody who was erased. */
export const erasedParties = (shadow: Shadow): readonly string[] =>
  [...shadow.records.ofKind(partyKind.name)]
    .filter(({ state }) => (state as Party).status === 'erased')
    .map(({ key }) => key.id)

/** SE7: of a person whose erasure is complete nothing is left: no personal data, not those of an order, and what told who it was nowhere else. */
export const checkErasures = (shadow: Shadow): readonly string[] => {
  const erased = new Set(erasedParties(shadow))
  if (erased.size === 0) return []
  const orders = [...shadow.records.ofKind(orderKind.name)].filter(({ state }) =>
    erased.has((state as Order).customer ?? ''),
  )
  const subjects = [...erased, ...orders.map(({ key }) => key.id)]
  return [
    ...orders
      .filter(({ state }) => (state as Order).personalData !== 'erased')
      .map(({ key }) => `SE7 order ${key.id} of an erased customer has its personal data`),
    ...subjects.flatMap((id) =>
      [personalDataKind, buyerTaxesKind]
        .filter(({ name }) => shadow.records.has({ kind: name, id }))
        .map(({ name }) => `SE7 ${name}/${id} is left of somebody who was erased`),
    ),
    ...checkTexts(shadow, subjects),
  ]
}

const checkTexts = (shadow: Shadow, subjects: readonly string[]): readonly string[] => {
  const gone = textsOf(
    subjects.flatMap((id) => shadow.removed.get({ kind: personalDataKind.name, id }) ?? []),
  )
  const living = new Set(textsOf([...shadow.records.ofKind(personalDataKind.name)]))
  const lookedFor = gone.filter((text) => !living.has(text)).map((text) => canonicalJson(text))
  if (lookedFor.length === 0) return []
  const places = [
    ...[...shadow.records.values()].map(({ key, state, events }): readonly [string, string] => [
      keyName(key),
      `${canonicalJson(state)} ${events.map(({ body }) => body).join(' ')}`,
    ]),
    ...shadow.messages.map(({ id, data }): readonly [string, string] => [
      `message ${id}`,
      canonicalJson(data),
    ]),
  ]
  return places
    .filter(([, text]) => lookedFor.some((one) => text.includes(one)))
    .map(([where]) => `SE7 what told who somebody was stands in ${where} after the erasure`)
}

/** What tells who somebody is, but for what others share: country, region and postal code, which an amount may be written like. */
const textsOf = (records: readonly ShadowRecord[]): readonly string[] =>
  records.flatMap(({ state }) => {
    const { name, email, phone, note, addresses = [], shipTo } = (state ?? {}) as Partial<PersonalData>
    const places = [...addresses.map(({ address }) => address), ...(shipTo === undefined ? [] : [shipTo])]
    return [
      ...[name, email, phone, note],
      ...places.flatMap((place) => [place.name, place.street, place.extra, place.city]),
    ].filter((text) => text !== undefined)
  })
