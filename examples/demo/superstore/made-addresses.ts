import type { SuperstoreOrder } from '../data/superstore.js'
import type { Seeded } from '../seeded.js'

/** A customer as the orders tell of it: who it is, and everywhere it had something sent. */
export interface Customer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly addresses: readonly CustomerAddress[]
}

export interface CustomerAddress {
  readonly id: string
  readonly address: {
    readonly name: string
    readonly street: string
    readonly city: string
    readonly region: string
    readonly postalCode: string
    readonly country: string
  }
}

/** The customers of the orders, in the order in which they first bought. Streets and e-mail addresses are made. */
export const customersOf = (orders: readonly SuperstoreOrder[], seeded: Seeded): readonly Customer[] => {
  const customers = new Map<string, Customer & { readonly addresses: CustomerAddress[] }>()
  for (const order of orders) {
    const { customerId: id, customerName: name } = order
    const customer = customers.get(id) ?? { id, name, email: emailOf(name, id), addresses: [] }
    customers.set(id, customer)
    const address = addressIdOf(order)
    if (customer.addresses.some((known) => known.id === address)) continue
    customer.addresses.push({ id: address, address: addressOf(order, seeded) })
  }
  return [...customers.values()]
}

/** A customer's addresses are told apart by postal code and city. */
export const addressIdOf = ({ postalCode, city }: SuperstoreOrder): string =>
  `${postalCode}-${city.replaceAll(/[^A-Za-z0-9]+/g, '-')}`

const addressOf = (order: SuperstoreOrder, seeded: Seeded): CustomerAddress['address'] => {
  const { customerId, customerName, city, state, postalCode, country } = order
  const house = seeded.between(1, 990, 'house', customerId, postalCode)
  return {
    name: customerName,
    street: `${house} ${seeded.pick(streets, 'street', customerId, postalCode)}`,
    city,
    region: state,
    postalCode,
    country,
  }
}

const streets = [
  ['Main Street', 4],
  ['Oak Avenue', 3],
  ['Market Street', 2],
  ['Lake Drive', 2],
  ['Mill Road', 1],
] as const

const emailOf = (name: string, id: string): string =>
  `${name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')
    .replaceAll(/^\.|\.$/g, '')}.${id.toLowerCase()}@example.com`
