import type { Key } from '../../core/ids/key.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { partyKind, type Party } from '../../core/parties/party.js'
import type { RecordedEvent, RecordWrite } from '../../core/ports/storage.js'
import { priceListKind } from '../../core/pricing/price-list.js'
import { promotionKind } from '../../core/promotions/promotion.js'

const agreeing = new Set(['OrderCaptured', 'OrderChanged'])

/**
 * An order is agreed on the lists and promotions as they stand when it is committed, not as somebody read them before: no version that it names is older
 * than the one before the commit.
 */
export const checkAgreed = (
  { key, state }: RecordWrite,
  events: readonly RecordedEvent[],
  find: (key: Key) => { readonly version: number } | undefined,
): readonly string[] => {
  if (key.kind !== orderKind.name || !events.some(({ type }) => agreeing.has(type))) return []
  const { lines, promotions = [] } = state as Order
  const named = [
    ...lines.flatMap(({ listed }) =>
      listed === undefined ? [] : [{ kind: priceListKind.name, id: listed.list, version: listed.version }],
    ),
    ...promotions.map(({ promotion: id, version }) => ({ kind: promotionKind.name, id, version })),
  ]
  return named.flatMap(({ version, ...terms }) => {
    const current = find(terms)?.version ?? 0
    return version < current
      ? [
          `EV2 order ${key.id} was agreed on version ${version} of ${terms.kind} ${terms.id}, which stood at ${current}`,
        ]
      : []
  })
}

/** SE7: nobody orders who was erased before the commit. */
export const checkCustomer = (
  { key, state }: RecordWrite,
  events: readonly RecordedEvent[],
  find: (key: Key) => { readonly state: unknown } | undefined,
): readonly string[] => {
  if (key.kind !== orderKind.name || !events.some(({ type }) => agreeing.has(type))) return []
  const { customer } = state as Order
  const party = customer === undefined ? undefined : find({ kind: partyKind.name, id: customer })?.state
  return (party as Party | undefined)?.status === 'erased'
    ? [`SE7 order ${key.id} is of somebody who was erased`]
    : []
}
