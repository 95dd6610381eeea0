import type { Seen } from '../command.js'
import type { OrderId, PartyId } from '../ids/ids.js'
import { backInStockKind } from '../inventory/back-in-stock.js'
import type { Invoice } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { ordersOf } from '../invoicing/invoice-parts.js'
import { orderKind, type Order } from '../orders/order.js'
import { partyKind } from '../parties/party.js'
import { personalDataKind, type PersonalData, type PostalAddress } from '../parties/personal-data.js'
import type { Message } from './message.js'

export interface MessageRecipient {
  readonly role: 'customer' | 'staff'
  readonly name?: string
  readonly email?: string
  readonly phone?: string
}

/**
 * Who gets a message, looked up a moment before it is sent. Messages about orders, their invoices and goods that are back are for the customer, all others for
 * the staff, whom the host knows. An order without a registered customer carries what it was given itself, and a host that knows the person delivers by the
 * order alone. `undefined` when the order names a customer of whom nothing is left: an erased person is never written to.
 */
export const recipientOf = (message: Message, seen: Seen): MessageRecipient | undefined => {
  if (message.about.kind === backInStockKind.name) return customerOf(message.data['party'], seen)
  if (message.about.kind !== orderKind.name && message.about.kind !== invoiceKind.name)
    return { role: 'staff' }
  const order = orderAbout(message, seen)
  if (order === undefined) return undefined
  const own = seen.get(personalDataKind, order.id)
  const known = order.customer === undefined ? undefined : seen.get(personalDataKind, order.customer)
  if (
    order.personalData === 'erased' ||
    (order.customer !== undefined && knownPerson(order.customer, seen) === undefined)
  )
    return undefined
  const name = known?.name ?? own?.name ?? own?.shipTo?.name
  const email = known?.email ?? own?.email
  const phone = known?.phone ?? own?.phone
  return {
    role: 'customer',
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
  }
}

/** The order that a message is about, or whose invoice it is about: the first of a consolidated one. */
export const orderAbout = ({ about }: Message, seen: Seen): Order | undefined => {
  const id = about.kind === orderKind.name ? about.id : firstOrderOf(seen.get(invoiceKind, about.id))
  return id === undefined ? undefined : seen.get(orderKind, id)
}

const firstOrderOf = (invoice: Invoice | undefined): OrderId | undefined =>
  invoice === undefined ? undefined : ordersOf(invoice)[0]

/** A registered customer, without an order. */
const customerOf = (party: unknown, seen: Seen): MessageRecipient | undefined => {
  const person = typeof party === 'string' ? knownPerson(party as PartyId, seen) : undefined
  if (person === undefined) return undefined
  const { name, email, phone } = person
  return {
    role: 'customer',
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
  }
}

/** Nobody where the customer was erased. */
const knownPerson = (customer: PartyId, seen: Seen): PersonalData | undefined =>
  seen.get(partyKind, customer)?.status === 'active' ? seen.get(personalDataKind, customer) : undefined

/** Where the order goes: the address written for it alone, or the one of its customer it names. */
export const deliveryAddressOf = (order: Order, seen: Seen): PostalAddress | undefined => {
  const own = seen.get(personalDataKind, order.id)?.shipTo
  if (own !== undefined || order.customer === undefined) return own
  const known = seen.get(personalDataKind, order.customer)?.addresses ?? []
  return known.find((entry) => entry.id === order.shipTo)?.address
}

export const noteOf = (order: Order, seen: Seen): string | undefined =>
  seen.get(personalDataKind, order.id)?.note
