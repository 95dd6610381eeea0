import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSqliteStorage } from 'orderwright/sqlite'
import { onlineRetailSource } from '../data/online-retail.js'
import type { DemoResult } from '../demo-result.js'
import { fileMegabytes, startMeasuring } from '../measure.js'
import { grouped, type Progress } from '../progress.js'
import { reportPage } from '../report/page.js'
import { accountForFile } from './account-for-file.js'
import { checkRun } from './check-run.js'
import { describeRun } from './describe-run.js'
import { expectedFileBeside } from './expected-file.js'
import { readFigures } from './read-figures.js'
import { runOnlineRetail } from './run-online-retail.js'
import { summaryOf } from './summary.js'

interface RetailOptions {
  readonly out: string
  readonly orders: string
  readonly limit?: number
}

/** The real orders of a web shop, streamed from a file into one SQLite file. */
export const demoOnlineRetail = async (
  { out, orders, limit }: RetailOptions,
  progress: Progress,
): Promise<DemoResult> => {
  const measure = startMeasuring()
  await mkdir(out, { recursive: true })
  const file = join(out, 'orders.sqlite')
  progress.say(`Online Retail into ${file}`)
  progress.say(`Source: ${onlineRetailSource}. Simplified: stock, card payments and deliveries are made.`)

  const storage = await openSqliteStorage(file)
  try {
    const run = await runOnlineRetail(orders, limit, storage, progress)
    const runSeconds = measure.seconds()
    const [firstThird, lastThird] = measure.peaksOfThirds()
    const checking = progress.step('checks')
    const figures = await readFigures(run.staff.accounts, run.cancellations, run.lastDay)
    const account = accountForFile(run, figures)
    const expected = limit === undefined ? await expectedFileBeside(orders) : undefined
    const checks = await checkRun(run, figures, account, expected)
    checking.did(checks.length)
    checking.end()

    const report = join(out, 'report.html')
    const { done, replayed } = run.tally
    const commands = done + replayed
    const measured = [
      ['commands', grouped(commands)],
      ['commands a second', grouped(Math.round(commands / runSeconds))],
      ['seconds', runSeconds.toFixed(1)],
      ['memory in the first third, at most MB', grouped(firstThird)],
      ['memory in the last third, at most MB', grouped(lastThird)],
      ['memory with reading back, at most MB', grouped(measure.peakMegabytes())],
      ['database file, MB', await fileMegabytes(file)],
    ] as const
    await writeFile(report, reportPage(describeRun(run, figures, account, checks, measured)))
    for (const line of summaryOf(run, figures, account, checks)) progress.say(line)
    for (const [name, value] of measured) progress.say(`${name.padEnd(38)} ${value}`)
    progress.say(`${'report'.padEnd(38)} ${report}`)
    return { checks, done, replayed, report }
  } finally {
    storage.close()
    measure.stop()
  }
}
