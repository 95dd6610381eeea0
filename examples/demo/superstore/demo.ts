import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSqliteStorage } from 'orderwright/sqlite'
import { readSuperstore, type SuperstoreOrder } from '../data/superstore.js'
import type { DemoResult } from '../demo-result.js'
import { openMailbox } from '../mailbox.js'
import { readMailbox } from '../read-mailbox.js'
import { fileMegabytes, startMeasuring } from '../measure.js'
import type { DemoOptions } from '../options.js'
import { grouped, type Progress } from '../progress.js'
import { reportPage } from '../report/page.js'
import { checkRun } from './check-run.js'
import { describeRun } from './describe-run.js'
import { expectedSum } from './expected-sum.js'
import { readFigures } from './read-figures.js'
import { runSuperstore } from './run-superstore.js'
import { summaryOf } from './summary.js'

/** The Superstore orders, from capture to cash, in one SQLite file. */
export const demoSuperstore = async (
  { out, limit }: Pick<DemoOptions, 'out' | 'limit'>,
  progress: Progress,
): Promise<DemoResult> => {
  const measure = startMeasuring()
  const { orders: read, refused } = await readSuperstore()
  const all = byDate(read)
  const orders = all.slice(0, limit)
  await mkdir(out, { recursive: true })
  progress.say(`Superstore: ${grouped(orders.length)} orders into ${join(out, 'orders.sqlite')}`)
  progress.say(
    'Real: orders, customers, products, prices, order and ship dates. Made with a fixed seed: channels, payments, stock, deliveries.',
  )

  const file = join(out, 'orders.sqlite')
  const storage = await openSqliteStorage(file)
  const mailbox = await openMailbox(join(out, 'mailbox'))
  try {
    const run = await runSuperstore({ orders, refused }, storage, mailbox, out, progress)
    const checking = progress.step('checks')
    const figures = await readFigures(run.staff.accounts, run.asOf)
    const expected = await expectedSum(orders, orders.length === all.length)
    const checks = await checkRun(run, figures, expected, await readMailbox(join(out, 'mailbox')))
    checking.did(checks.length)
    checking.end()
    const report = join(out, 'report.html')
    const { done, replayed } = run.tally
    const measured = [
      ['commands of this run', grouped(done)],
      ['commands done by an earlier run', grouped(replayed)],
      ['messages delivered in this run', grouped(run.messages.delivered)],
      ['seconds', measure.seconds().toFixed(1)],
      ['memory, at most MB', grouped(measure.peakMegabytes())],
      ['database file, MB', await fileMegabytes(file)],
    ] as const
    await writeFile(report, reportPage(describeRun(run, figures, checks, measured)))
    for (const line of summaryOf(run, figures, expected, checks)) progress.say(line)
    progress.say(`report          ${report}`)
    return { checks, done, replayed, report }
  } finally {
    await mailbox.close()
    storage.close()
    measure.stop()
  }
}

const byDate = (orders: readonly SuperstoreOrder[]): readonly SuperstoreOrder[] =>
  [...orders].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))

const keyOf = ({ orderedOn, orderId }: SuperstoreOrder): string => `${orderedOn} ${orderId}`
