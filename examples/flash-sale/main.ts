// 10,000 buyers in 4 processes want 500 units on one SQLite file: `npm run example -- flash-sale`. Writes `report.html` and
// ends with 1 unless every check holds. `--buyers`, `--units`, `--processes` and `--out DIR` change the run.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isBought, type AnswerOfBuyer } from './answer-of-buyer.js'
import { checkSale } from './check-sale.js'
import { readLedger } from './read-ledger.js'
import { runProcesses } from './run-processes.js'
import { saleReport } from './sale-report.js'
import { keyOf, openShop, orderOf, sku, type Clerk } from './shop.js'

const { values } = parseArgs({
  options: {
    buyers: { type: 'string', default: '10000' },
    units: { type: 'string', default: '500' },
    processes: { type: 'string', default: '4' },
    out: { type: 'string', default: process.env['DEMO_OUT'] ?? './demo-out' },
  },
})
const [buyers, units, processes] = [values.buyers, values.units, values.processes].map((text) => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`a count is a whole number of at least 1, not ${text}`)
  return Number(text)
}) as [number, number, number]

const ordersIn = async (clerk: Clerk): Promise<ReadonlySet<string>> => {
  const orders = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await clerk.orThrow.orders.list({ limit: 200, ...(cursor !== undefined && { cursor }) })
    for (const { id } of page.items) orders.add(id)
    cursor = page.next
  } while (cursor !== undefined)
  return orders
}

/** Every fiftieth buyer asks once more under the same key. */
const askAgain = async (clerk: Clerk, answers: readonly AnswerOfBuyer[]): Promise<number> => {
  let changed = 0
  for (const before of answers.filter(({ buyer }) => buyer % 50 === 0)) {
    const after = await clerk.orders.place(orderOf(before.buyer), { idempotencyKey: keyOf(before.buyer) })
    const same = isBought(before)
      ? after.ok && after.value.order === before.outcome.order
      : !after.ok && after.error.code === 'out_of_stock'
    if (!same || !after.replayed) changed += 1
  }
  return changed
}

const folder = await mkdtemp(join(tmpdir(), 'orderwright-flash-sale-'))
try {
  const file = join(folder, 'shop.sqlite')
  const { clerk, storage } = await openShop(file)
  await clerk.orThrow.catalog.define({
    sku,
    name: 'Game console',
    price: { amount: '499.00', currency: 'EUR' },
  })
  await clerk.orThrow.inventory.receive({ sku, quantity: units }, { idempotencyKey: 'delivery 1' })

  const started = performance.now()
  const runs = await runProcesses(file, buyers, processes)
  const seconds = (performance.now() - started) / 1_000
  const answers = runs.flatMap((run) => run.answers)

  const orders = await ordersIn(clerk)
  const ledger = await readLedger(storage)
  const level = await clerk.orThrow.inventory.level({ sku })
  const audit = await clerk.orThrow.verifyAudit({ kind: 'stock', id: `main/${sku}` })
  const checks = checkSale({
    units,
    buyers,
    answers,
    ledger,
    orders,
    level,
    auditOk: audit.intact,
    changedAnswers: await askAgain(clerk, answers),
  })

  const out = join(values.out, 'flash-sale')
  await mkdir(out, { recursive: true })
  await writeFile(join(out, 'report.html'), saleReport({ units, buyers, runs, ledger, checks }))
  console.log(
    `${buyers} buyers in ${processes} processes, ${seconds.toFixed(1)} s with the start of the processes`,
  )
  for (const { name, found, holds } of checks)
    console.log(`${holds ? 'holds ' : 'FAILED'}  ${name}: ${found}`)
  console.log(`wrote ${join(out, 'report.html')}`)
  if (checks.some(({ holds }) => !holds)) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true })
}
