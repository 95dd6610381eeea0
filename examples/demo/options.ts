import { parseArgs } from 'node:util'

export interface DemoOptions {
  /** The folder everything is written into. */
  readonly out: string
  /** A file of the Online Retail data; the Superstore data that comes with the project when left out. */
  readonly orders?: string
  /** Only the first so many orders. */
  readonly limit?: number
}

export const usage = `npm run demo -- [options]

  --out DIR         where database, statements, mailbox and report go (default ./demo-out, or DEMO_OUT)
  --orders FILE     other orders than those of the Superstore data set, which comes with the project
  --format FORMAT   what the orders are: superstore (default), or online-retail for those of --orders
  --limit N         only the first N orders
  --help            this text`

/** Thrown for a command line that cannot be run, with what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reads the command line. The environment's DEMO_OUT stands in for a missing `--out`. */
export const readOptions = (
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DemoOptions | 'help' => {
  const { orders, format, out, limit, help } = parsed(words)
  if (help === true) return 'help'
  if (format !== 'superstore' && format !== 'online-retail') {
    throw new UsageError(`--format is superstore or online-retail, not ${JSON.stringify(format)}`)
  }
  if ((format === 'online-retail') !== (orders !== undefined)) {
    throw new UsageError(
      '--orders FILE and --format online-retail go together: the Superstore orders come with the project',
    )
  }
  const dataFolder = environment['DEMO_OUT']
  return {
    out: out ?? (dataFolder !== undefined && dataFolder !== '' ? dataFolder : './demo-out'),
    ...(orders !== undefined && { orders }),
    ...(limit !== undefined && { limit: wholeNumber(limit) }),
  }
}

const parsed = (words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      strict: true,
      options: {
        out: { type: 'string' },
        orders: { type: 'string' },
        format: { type: 'string', default: 'superstore' },
        limit: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const wholeNumber = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(`--limit is a whole number of at least 1, not ${JSON.stringify(text)}`)
}
