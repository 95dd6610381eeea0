import { join } from 'node:path'
import type { DemoResult } from './demo-result.js'
import { demoOnlineRetail } from './online-retail/demo.js'
import { readOptions, usage, UsageError, type DemoOptions } from './options.js'
import { progressOn } from './progress.js'
import { demoSuperstore } from './superstore/demo.js'

const progress = progressOn({
  write: (text) => process.stdout.write(text),
  isTerminal: process.stdout.isTTY,
  elapsed: () => performance.now(),
})

/** The large run and slices get folders of their own: other orders under the same keys would be refused. */
const run = ({ out, orders, limit }: DemoOptions): Promise<DemoResult> => {
  const slice = limit === undefined ? '' : `first-${limit}`
  if (orders === undefined) {
    return demoSuperstore({ out: join(out, slice), ...(limit !== undefined && { limit }) }, progress)
  }
  return demoOnlineRetail(
    { out: join(out, 'online-retail', slice), orders, ...(limit !== undefined && { limit }) },
    progress,
  )
}

const verdictOn = ({ checks }: DemoResult): void => {
  const failed = checks.filter(({ holds }) => !holds).length
  progress.say(
    failed === 0 ? `all ${checks.length} checks hold` : `${failed} of ${checks.length} checks failed`,
  )
  process.exitCode = failed === 0 ? 0 : 1
}

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options === 'help') progress.say(usage)
  else verdictOn(await run(options))
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error)
  process.exitCode = 1
}
