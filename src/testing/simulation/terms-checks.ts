import { orderKind, type Order } from '../../core/orders/order.js'
import type { PriceListEvent } from '../../core/pricing/price-list.js'
import { priceListKind } from '../../core/pricing/price-list.js'
import type { PricedLine } from '../../core/pricing/price-lines.js'
import { couponKind, type Coupon } from '../../core/promotions/coupon.js'
import {
  automaticPromotions,
  promotionListKind,
  type PromotionList,
} from '../../core/promotions/promotion-list.js'
import { promotionUsesKind, type PromotionUses } from '../../core/promotions/promotion-uses.js'
import { promotionKind, type Promotion, type PromotionEvent } from '../../core/promotions/promotion.js'
import { eventsOf, type Shadow, type ShadowRecord } from './shadow.js'

/** What orders were promised, against the lists and promotions themselves: their events are folded once more, with nothing of the engine's. */
export const checkTerms = (shadow: Shadow): readonly string[] => [
  ...checkPrices(shadow),
  ...checkUses(shadow),
  ...checkCoupons(shadow),
]

type ListedPrices = Extract<PriceListEvent, { readonly type: 'PricesListed' }>['prices'][number]

/** M52: what a line costs is what the list that it names asked for its quantity, in the version that it names. */
const checkPrices = (shadow: Shadow): readonly string[] =>
  [...shadow.records.ofKind(orderKind.name)].flatMap(({ state }) => {
    const { id, lines } = state as Order
    return lines.flatMap((line) => {
      if (line.listed === undefined) return []
      const { list, version } = line.listed
      const record = shadow.records.get({ kind: priceListKind.name, id: list })
      const asked = record === undefined ? undefined : pricesAt(record, version).get(line.sku)
      const due = asked === undefined ? undefined : amountOf(asked, line.quantity)
      return due === costOf(line)
        ? []
        : [
            `MO3 line ${id}/${line.id} costs ${costOf(line)}, version ${version} of list ${list} asks ${String(due)}`,
          ]
    })
  })

const pricesAt = (record: ShadowRecord, version: number): ReadonlyMap<string, ListedPrices> => {
  const prices = new Map<string, ListedPrices>()
  for (const event of eventsOf<PriceListEvent>(record).slice(0, version)) {
    if (event.type === 'PricesListed') for (const price of event.prices) prices.set(price.sku, price)
    if (event.type === 'PricesDelisted') for (const sku of event.skus) prices.delete(sku)
  }
  return prices
}

/** In units of 0.00000001, each unit by the tier that it falls into or all by the one that the quantity reaches. */
const amountOf = ({ tiering, tiers }: ListedPrices, quantity: number): bigint | undefined => {
  const reached = tiers.filter(({ from }) => from <= quantity)
  const last = reached.at(-1)
  if (last === undefined) return undefined
  if (tiering === 'volume') return cents(scaled(last.price.amount) * BigInt(quantity))
  let sum = 0n
  for (let unit = 1; unit <= quantity; unit += 1)
    sum += scaled(reached.findLast(({ from }) => from <= unit)?.price.amount ?? '0')
  return cents(sum)
}

const costOf = ({ unitPrice: { amount, per = 1 }, quantity }: PricedLine): bigint =>
  cents((scaled(amount) * BigInt(quantity)) / BigInt(per))

const scaled = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(8, '0'))
}

/** Half up, which is how the shop rounds. */
const cents = (fine: bigint): bigint => (fine + 500_000n) / 1_000_000n

/** M55: a promotion was never used more often than it may be, and its counts are the orders that have it. */
const checkUses = (shadow: Shadow): readonly string[] => {
  const due = new Map<string, number>()
  const most = new Map<string, number>()
  const defined = new Map(
    [...shadow.records.ofKind(promotionKind.name)].map((record) => [
      record.key.id,
      eventsOf<PromotionEvent>(record),
    ]),
  )
  for (const { state } of shadow.records.ofKind(orderKind.name)) {
    const { placedOn, status, customer, promotions = [] } = state as Order
    if (placedOn === undefined) continue
    for (const { promotion: id, version } of promotions) {
      const event = defined.get(id)?.[version - 1]
      if (event?.type !== 'PromotionDefined')
        return [`MO3 an order has version ${version} of ${id}, which defines nothing`]
      const { mostUses, mostUsesPerCustomer, returnsUses } = event.terms
      if (returnsUses === true && status === 'canceled') continue
      if (mostUses !== undefined) due.set(id, (due.get(id) ?? 0) + 1)
      const own = `${id}/${customer ?? ''}`
      if (mostUsesPerCustomer !== undefined) due.set(own, (due.get(own) ?? 0) + 1)
    }
  }
  for (const [id, events] of defined) {
    for (const event of events) {
      if (event.type !== 'PromotionDefined') continue
      const { mostUses = Infinity, mostUsesPerCustomer = Infinity } = event.terms
      most.set(id, Math.max(most.get(id) ?? 0, mostUses))
      most.set(`${id}/`, Math.max(most.get(`${id}/`) ?? 0, mostUsesPerCustomer))
    }
  }
  const broken: string[] = []
  for (const [count, orders] of due) {
    const limit = most.get(count.includes('/') ? `${count.split('/', 1)[0] ?? ''}/` : count) ?? 0
    if (orders > limit) broken.push(`MO3 ${orders} orders have promotion ${count}, and ${limit} may`)
  }
  for (const { key, state } of shadow.records.ofKind(promotionUsesKind.name)) {
    const { uses } = state as PromotionUses
    if (uses !== (due.get(key.id) ?? 0))
      broken.push(`MO3 promotion ${key.id} counts ${uses} uses, and ${due.get(key.id) ?? 0} orders have it`)
    due.delete(key.id)
  }
  for (const [count, orders] of due)
    if (orders > 0) broken.push(`MO3 promotion ${count} counts nothing, and ${orders} orders have it`)
  return broken
}

/** A coupon is for the one active promotion that has it, and what needs none is listed. */
const checkCoupons = (shadow: Shadow): readonly string[] => {
  const broken: string[] = []
  const active = [...shadow.records.ofKind(promotionKind.name)]
    .map(({ state }) => state as Promotion)
    .filter(({ status }) => status === 'active')
  for (const { id, coupon } of active) {
    if (coupon === undefined) continue
    const claim = shadow.stateOf(couponKind.name, coupon) as Coupon | undefined
    if (claim?.promotion !== id)
      broken.push(`MO3 coupon ${coupon} is for ${claim?.promotion ?? 'nothing'}, not ${id}`)
  }
  const coupons = [...shadow.records.ofKind(couponKind.name)].length
  const automatic = active.filter(({ coupon }) => coupon === undefined).map(({ id }) => id)
  if (coupons !== active.length - automatic.length) broken.push(`MO3 ${coupons} coupons are taken`)
  const listed = shadow.stateOf(promotionListKind.name, automaticPromotions) as PromotionList | undefined
  if ((listed?.promotions ?? []).join() !== automatic.toSorted().join())
    broken.push(`MO3 promotions ${String(listed?.promotions)} are listed, ${automatic.join()} need no coupon`)
  return broken
}
