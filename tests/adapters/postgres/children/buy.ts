import { createOrderManagement, trustHost } from 'orderwright'
import { postgresStorage } from 'orderwright/postgres'
import pg from 'pg'

/** Buys one piece for each of its buyers, in a race with other processes, from shelves named in no common order; tells its parent what they were answered. */
const [url = '', name = '', buyers = '0', wanted = ''] = process.argv.slice(2)
const skus = wanted.split(',')
const pool = new pg.Pool({ connectionString: url, max: 4, pipeline: name.endsWith('1') })
const oms = createOrderManagement({ storage: postgresStorage(pool), policy: trustHost }).as({
  actor: { kind: 'service', id: name },
})
await oms.orders.list({ limit: 1 })
process.send?.('ready')
await new Promise((resolve) => process.once('message', resolve))

const answers = await Promise.all(
  Array.from({ length: Number(buyers) }, async (_, buyer) => {
    // Nobody comes at quite the same time, so that there are many batches and not one.
    await new Promise((resolve) => setTimeout(resolve, buyer % 25))
    const turned = skus.map((_sku, place) => skus[(place + buyer) % skus.length] ?? '')
    return oms.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: turned.map((sku) => ({ sku, quantity: 1 })),
      },
      { idempotencyKey: `${name} ${buyer}` },
    )
  }),
)
await pool.end()
process.send?.(answers.map((answer) => (answer.ok ? 'sold' : answer.error.code)))
process.disconnect()
