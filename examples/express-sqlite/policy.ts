import { roleTable, type Actor, type Order, type Policy } from 'orderwright'

const roles = {
  customer: ['orders.place', 'orders.get', 'orders.timeline'],
  clerk: ['orders.*', 'fulfillments.*', 'shipments.*', 'payments.*', 'invoices.*'],
  system: ['*'],
}

const rolesOf = (actor: Actor): readonly string[] => [actor.kind === 'user' ? 'clerk' : actor.kind]

const byRole = roleTable(roles, rolesOf)

/** Customers order for themselves, at the prices of the catalog, and see their own orders only. Everybody else goes by the table. */
export const shopPolicy: Policy = (request) => {
  const decision = byRole(request)
  if (!decision.allow || request.actor.kind !== 'customer') return decision
  const input = request.input as ShopInput
  if (request.action === 'orders.place') {
    if (input.customer !== request.actor.id) return { allow: false, reason: 'customers order for themselves' }
    return input.lines?.some((line) => line.unitPrice !== undefined)
      ? { allow: false, reason: 'customers order at the prices of the catalog' }
      : decision
  }
  // What is not there is no secret: the answer is `unknown_order`.
  const order = request.facts.find({ kind: 'order', id: input.order ?? '' })?.state as Order | undefined
  return order === undefined || order.customer === request.actor.id
    ? decision
    : { allow: false, reason: 'customers see their own orders' }
}

interface ShopInput {
  readonly customer?: string
  readonly order?: string
  readonly lines?: readonly { readonly unitPrice?: unknown }[]
}
