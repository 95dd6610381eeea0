// The Superstore orders from six warehouses: `npm run example -- multi-location`. Replays all orders under five lists of rules, places the first ones for good, and
// writes `report.html` with a map. Ends with 1 unless every check holds. `--orders N` and `--out DIR` change the run.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simulateSourcing, type PastOrder } from 'orderwright/sourcing'
import { readSuperstore, type SuperstoreOrder } from '../demo/data/superstore.js'
import { placeOrders } from './place-orders.js'
import { placeOf } from './places.js'
import { reportOf } from './report.js'
import { chosenRules, rules } from './rules.js'
import type { Flow } from './map.js'
import { stockOf, warehouses } from './warehouses.js'

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '400' },
    out: { type: 'string', default: process.env['DEMO_OUT'] ?? './demo-out' },
  },
})
if (!/^[1-9]\d{0,4}$/.test(values.orders)) throw new Error('--orders is a whole number of at least 1')

const { orders: unsorted } = await readSuperstore()
const orders = [...unsorted].sort((one, other) =>
  one.orderedOn === other.orderedOn
    ? one.orderId < other.orderId
      ? -1
      : 1
    : one.orderedOn < other.orderedOn
      ? -1
      : 1,
)
const stock = stockOf(orders)

const pastOrder = (order: SuperstoreOrder): PastOrder => ({
  order: order.orderId,
  at: `${order.orderedOn}T12:00:00.000Z`,
  to: { coordinates: placeOf(order), country: 'US' },
  lines: order.lines.map(({ line, sku, quantity }) => ({ line: `L${line}`, sku, quantity })),
})

const flows = new Map<string, Flow>()
const results = await simulateSourcing(orders.map(pastOrder), {
  locations: warehouses.map((place) => ({ ...place, stock: stock.get(place.location) ?? {} })),
  rules,
  onDecision: (name, { to }, { shares }) => {
    if (name !== chosenRules || to.coordinates === undefined) return
    for (const { location, quantity } of shares) {
      const key = `${location} ${to.coordinates.latitude} ${to.coordinates.longitude}`
      const known = flows.get(key)
      flows.set(key, { from: location, to: to.coordinates, units: (known?.units ?? 0) + quantity })
    }
  },
})
for (const { name, shipments, splitOrders, meters, cost } of results) {
  console.log(
    `${name}: ${shipments} shipments, ${splitOrders} orders split, ${Math.round(meters / 1_000)} km, ${cost?.amount ?? '?'} ${cost?.currency ?? ''}`,
  )
}

const placed = await placeOrders(orders.slice(0, Number(values.orders)), stock)
const checks = [
  ...results.map(({ name, unsourced, unproven }) => ({
    name: `${name}: all orders served, all decisions proven`,
    holds: unsourced === 0 && unproven === 0,
    found: `${unsourced} unserved, ${unproven} unproven`,
  })),
  ...placed.checks,
]
await mkdir(values.out, { recursive: true })
const file = join(values.out, 'report.html')
await writeFile(
  file,
  reportOf({
    orders: orders.length,
    placed: Number(values.orders),
    results,
    flows: [...flows.values()],
    checks,
    explained: placed.explained,
  }),
)
const failed = checks.filter(({ holds }) => !holds)
for (const { name, found } of failed) console.error(`${name}: ${found}`)
console.log(
  failed.length === 0 ? `all ${checks.length} checks hold; see ${file}` : `${failed.length} checks failed`,
)
process.exitCode = failed.length === 0 ? 0 : 1
