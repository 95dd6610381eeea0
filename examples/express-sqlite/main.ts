// Orders over HTTP and SQLite: `npm run example -- express-sqlite` talks to it and stops; with `--serve` it keeps serving.
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createOrderManagement, type Actor } from 'orderwright'
import { openSqliteStorage } from 'orderwright/sqlite'
import { createApp, type Sessions } from './app.js'
import { converse } from './conversation.js'
import { shopPolicy } from './policy.js'

const folder = await mkdtemp(path.join(tmpdir(), 'orderwright-shop-'))
const storage = await openSqliteStorage(path.join(folder, 'orders.sqlite'))
const oms = createOrderManagement({ storage, policy: shopPolicy })

const { orThrow: shop } = oms.as({ actor: { kind: 'system', id: 'set-up' } })
for (const id of ['lin', 'kim']) {
  await shop.parties.register({ id, roles: ['customer'] }, { idempotencyKey: `register ${id}` })
}
await shop.catalog.define({ sku: 'MUG', name: 'Blue mug', price: { amount: '12.50', currency: 'EUR' } })
await shop.inventory.receive({ sku: 'MUG', quantity: 10 }, { idempotencyKey: 'first delivery' })

const sessions: Sessions = new Map<string, Actor>([
  ['lin', { kind: 'customer', id: 'lin' }],
  ['kim', { kind: 'customer', id: 'kim' }],
  ['ada', { kind: 'user', id: 'ada' }],
])
const server = createApp(oms, sessions).listen(0, '127.0.0.1')
await new Promise((listening) => server.once('listening', listening))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** No new connection, then no store, then no file. */
const stop = async (): Promise<void> => {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  storage.close()
  await rm(folder, { recursive: true })
}

if (process.argv.includes('--serve')) {
  console.log(`Serving ${base}, customers lin and kim, clerk ada; stop with Ctrl-C. Try:`)
  console.log(
    `curl ${base}/orders -H 'authorization: Bearer lin' -H 'idempotency-key: 1' -H 'content-type: application/json' -d '{"currency":"EUR","lines":[{"sku":"MUG","quantity":2}]}'`,
  )
  process.once('SIGINT', () => void stop())
} else {
  try {
    await converse(base)
  } finally {
    await stop()
  }
}
