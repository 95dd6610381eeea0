import pg from 'pg'
import { runAll } from '../../../bench/support/callers.js'
import { postgresStorage } from '../../../src/adapters/postgres/index.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'

/** What a process of the contention suite answers. */
export interface ContentionCount {
  readonly done: number
  readonly refused: number
  readonly askedAgain: number
  /** Anything but a hold or `out_of_stock`. */
  readonly wrong: readonly string[]
}

// Holds five of twenty SKUs at a time, named in no common order, until it has made its attempts or its time is up. Each connection has an engine of
// its own: within one, commands that meet share a batch and do not meet in the database.
const [url = '', name = '', count = '0', seconds = '0', connections = '8'] = process.argv.slice(2)
// Thousands of callers wait in line for the same rows.
const patience = 120_000
const engines = Array.from({ length: Number(connections) }, () => {
  const pool = new pg.Pool({ connectionString: url, max: 1, pipeline: true })
  const oms = createOrderManagement({
    storage: postgresStorage(pool, { deadline: patience }),
    policy: trustHost,
    settings: { deadline: patience },
  }).as({ actor: { kind: 'service', id: name } })
  return { pool, oms }
})
const until = performance.now() + Number(seconds) * 1_000
const callersPerEngine = 256
let done = 0
let refused = 0
let askedAgain = 0
const wrong: string[] = []

const undecided = new Set<string>(['outcome_unknown', 'deadline_exceeded'])

const hold = async (index: number): Promise<void> => {
  const engine = engines[index % engines.length]
  if (engine === undefined || performance.now() > until) return
  const lines = [0, 1, 2, 3, 4].map((line) => ({
    sku: `SKU-${(index * 7 + line * (index % 2 === 0 ? 3 : 17)) % 20}`,
    quantity: 1,
  }))
  try {
    const ask = () =>
      engine.oms.inventory.hold(
        { owner: `${name}-${index}`, seconds: 86_400, lines },
        { idempotencyKey: `${name} ${index}` },
      )
    let answer = await ask()
    // A machine that is too busy for the deadline says so, and the key tells what became of the hold.
    while (!answer.ok && undecided.has(answer.error.code)) {
      askedAgain += 1
      answer = await ask()
    }
    if (answer.ok) done += 1
    else if (answer.error.code === 'out_of_stock') refused += 1
    else wrong.push(answer.error.code)
  } catch (error) {
    wrong.push(String(error))
  }
}

await runAll(0, Number(count), callersPerEngine * engines.length, hold)
for (const { pool } of engines) await pool.end()
process.send?.({ done, refused, askedAgain, wrong: wrong.slice(0, 100) } satisfies ContentionCount)
process.disconnect()
