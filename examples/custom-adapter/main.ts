// A store of one's own, over LMDB: runs the conformance kit, the simulator and a sale over it, and opens its file once more.
// `npm run example -- custom-adapter` ends with 1 unless all of it holds.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storageConformance } from 'orderwright/testing'
import { openLmdbStorage } from './open-lmdb-storage.js'
import { runKit, unaskedCases } from './run-kit.js'
import { checkSale, sellMugs } from './sell.js'
import { simulate } from './simulate.js'

const report = (what: string, wrong: readonly string[]): void => {
  console.log(wrong.length === 0 ? `passed  ${what}` : `FAILED  ${what}\n${wrong.join('\n')}`)
  if (wrong.length > 0) process.exitCode = 1
}

const unasked = await unaskedCases()
report(`${storageConformance.length - unasked.length} cases of the conformance kit`, await runKit())
for (const name of unasked) console.log(`unasked ${name}`)
report('5 runs of the simulator', await simulate([1, 2, 3, 4, 5]))

const folder = await mkdtemp(join(tmpdir(), 'orderwright-lmdb-'))
try {
  const file = join(folder, 'orders.lmdb')
  const storage = await openLmdbStorage(file)
  const sale = await sellMugs(storage)
  await storage.close()
  const reopened = await openLmdbStorage(file)
  await checkSale(reopened, sale)
  const { adapter, durable } = await reopened.health()
  await reopened.close()
  report(
    `order ${sale.number} and invoice ${sale.invoiceNumber} are there after reopening (${adapter})`,
    durable ? [] : ['not durable'],
  )
} finally {
  await rm(folder, { recursive: true })
}
