import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoResult } from '../../examples/demo/demo-result.js'
import { demoOnlineRetail } from '../../examples/demo/online-retail/demo.js'
import { readOptions, UsageError } from '../../examples/demo/options.js'
import { progressOn, type Progress } from '../../examples/demo/progress.js'
import { html } from '../../examples/report-kit/markup.js'
import { seeded } from '../../examples/demo/seeded.js'
import { demoSuperstore } from '../../examples/demo/superstore/demo.js'
import { paymentMaker } from '../../examples/demo/superstore/make-payments.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderwright-demo-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('the Superstore demo', () => {
  const slice = 120
  let first: DemoResult
  let second: DemoResult
  let said: readonly string[]

  beforeAll(async () => {
    const out = join(folder, 'superstore')
    first = await demoSuperstore({ out, limit: slice }, listening().progress)
    const listener = listening()
    second = await demoSuperstore({ out, limit: slice }, listener.progress)
    said = listener.lines()
  }, 120_000)

  it('takes a slice of the orders from capture to cash so that every check holds', () => {
    expect(failures(first)).toEqual([])
    expect(first.checks.map(({ name }) => name)).toContain(
      'The orders come to the sum of the file, each line rounded half up to cents',
    )
    expect(first.done).toBeGreaterThan(slice * 8)
  })

  it('changes nothing in a second run and says so', () => {
    expect(failures(second)).toEqual([])
    expect(second.done).toBe(0)
    expect(second.replayed).toBe(first.done)
    expect(said.join('\n')).toContain('nothing new was written')
  })

  it('goes on where an interrupted run stopped and ends with the same books', async () => {
    const out = join(folder, 'interrupted')
    const stopped = demoSuperstore({ out, limit: slice }, interruptedIn('orders'))
    await expect(stopped).rejects.toThrow('somebody pulled the plug')
    const resumed = await demoSuperstore({ out, limit: slice }, listening().progress)
    expect(resumed.replayed).toBeGreaterThan(0)
    expect(resumed.done).toBeGreaterThan(0)
    expect(resumed.checks).toEqual(first.checks)
  })

  it('writes a report that loads nothing and shows every section', async () => {
    const page = await readFile(first.report, 'utf8')
    for (const id of ['checks', 'orders', 'cycle', 'revenue', 'stock', 'open', 'matching', 'sources']) {
      expect(page).toContain(`<section id="${id}">`)
    }
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|@import|url\(|https?:/)
    expect(page.match(/<svg/g)?.length).toBe(page.match(/<desc/g)?.length)
  })

  it('keeps one statement a month, each with its balances', async () => {
    const names = await readdir(join(folder, 'superstore', 'statements'))
    expect(names.sort().slice(0, 2)).toEqual(['2014-01.csv', '2014-02.csv'])
    const [january, february] = await Promise.all(
      ['2014-01', '2014-02'].map((month) =>
        readFile(join(folder, 'superstore', 'statements', `${month}.csv`), 'utf8'),
      ),
    )
    expect(balanceIn(january, 'closing balance')).toBe(balanceIn(february, 'opening balance'))
  })
})

describe('the Online Retail demo', () => {
  let result: DemoResult
  let said: string

  beforeAll(async () => {
    const orders = join(folder, 'retail.csv')
    await writeFile(orders, retailFile)
    const listener = listening()
    result = await demoOnlineRetail({ out: join(folder, 'retail'), orders }, listener.progress)
    said = listener.lines().join('\n')
  }, 120_000)

  it('accounts for every line: taken, refused and rounding are the sum of the file', () => {
    expect(failures(result)).toEqual([])
    // 15.30 + 1.28 (1.275 rounded) + 18.00 + 4.25 are sold; 5.10 and 9.00 are credited.
    expect(said).toMatch(/taken +24\.73 GBP/)
    expect(said).toMatch(/refused +-11062\.06 GBP/)
    expect(said).toMatch(/rounding +-0\.005 GBP/)
    expect(said).toMatch(/sum of the file +-11037\.335 GBP/)
  })

  it('credits what a cancellation undoes, and the rest under a named rule', () => {
    expect(said).toMatch(/credit notes +1 against purchases, 5\.10 GBP/)
    expect(said).toMatch(/1 without invoice, 9\.00 GBP/)
    expect(said).toMatch(/cancellation_without_purchase +credited without invoice +1/)
  })

  it('names the source and the license wherever it shows results', async () => {
    expect(said).toMatch(/UCI Machine Learning Repository.*CC BY 4\.0/)
    expect(await readFile(result.report, 'utf8')).toMatch(/UCI Machine Learning Repository.*CC BY 4\.0/)
  })
})

describe('what the demo makes', () => {
  it('is the same whatever was asked before', () => {
    const names = ['one', 'two', 'three']
    const forwards = names.map((name) => seeded('seed').below(1_000, name))
    const dice = seeded('seed')
    const backwards = names.toReversed().map((name) => dice.below(1_000, name))
    expect(backwards.toReversed()).toEqual(forwards)
    expect(new Set(forwards).size).toBe(3)
  })

  it('pays every invoice with its own number, twice at most, and never with more than is billed at once', () => {
    const payments = paymentMaker(seeded('payments'))
    for (let count = 1; count <= 400; count += 1) {
      payments.billed({
        number: `INV-${String(count).padStart(6, '0')}`,
        customer: `C-${count % 90}`,
        total: BigInt(count) * 101n,
        issuedOn: '2016-01-04',
      })
    }
    const transfers = ['2016-01', '2016-02', '2016-03', '2016-04'].flatMap((month) =>
      payments.bookedIn(month),
    )
    const billed = (number: string): bigint => BigInt(number.slice(4)) * 101n
    for (const { amount, pays } of transfers) {
      expect(amount).toBeLessThanOrEqual(pays.map(billed).reduce((sum, due) => sum + due, 0n))
    }
    expect(new Set(transfers.map(({ bankReference }) => bankReference)).size).toBe(transfers.length)
    expect(new Set(transfers.map(({ story }) => story)).size).toBe(8)
  })
})

describe('the demo on the command line', () => {
  it('writes where it is told to: by option, by environment, or into ./demo-out', () => {
    expect(readOptions(['--out', 'here'], { DEMO_OUT: 'there' })).toEqual({ out: 'here' })
    expect(readOptions([], { DEMO_OUT: 'there' })).toEqual({ out: 'there' })
    expect(readOptions([], {})).toEqual({ out: './demo-out' })
  })

  it('refuses options that cannot be meant', () => {
    const refused = (...words: readonly string[]): string => {
      try {
        return JSON.stringify(readOptions(words, {}))
      } catch (error) {
        return error instanceof UsageError ? error.message : 'another error'
      }
    }
    expect(refused('--limit', '0')).toContain('--limit is a whole number')
    expect(refused('--format', 'xml')).toContain('--format is superstore or online-retail')
    expect(refused('--format', 'online-retail')).toContain('go together')
    expect(refused('--everything')).toContain('--everything')
  })

  it('escapes everything in the report that is not its own markup', () => {
    const page = html`<b title="${'"'}">${'<script>'} ${[html`<i>ours</i>`, "'"]}</b>`
    expect(page.markup).toBe('<b title="&quot;">&lt;script&gt; <i>ours</i>&#39;</b>')
  })
})

const failures = ({ checks }: DemoResult): readonly string[] =>
  checks.filter(({ holds }) => !holds).map(({ name, found }) => `${name}: ${found}`)

const balanceIn = (statement: string | undefined, kind: string): string | undefined =>
  statement
    ?.split('\r\n')
    .find((line) => line.startsWith(kind))
    ?.split(',')[2]

const listening = (): { readonly progress: Progress; readonly lines: () => readonly string[] } => {
  const written: string[] = []
  return {
    progress: progressOn({ write: (text) => written.push(text), isTerminal: false, elapsed: () => 0 }),
    lines: () => written.join('').split('\n'),
  }
}

/** Fails at the first sign of progress in the step of this name. */
const interruptedIn = (name: string): Progress => {
  const { progress } = listening()
  const did = (): never => {
    throw new Error('somebody pulled the plug')
  }
  return {
    ...progress,
    step: (step, total) => ({ ...progress.step(step, total), ...(step === name && { did }) }),
  }
}

const retailFile = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '536365,85123a,white hanging heart,1,2010-12-01 08:26:00,1.275,17850.0,United Kingdom',
  '536365,85123A,WHITE HANGING HEART,1,2010-12-01 08:26:00,0.0,17850.0,United Kingdom',
  '536366,POST,POSTAGE,1,2010-12-01 09:00:00,18.0,,France',
  '536366,15056 BL,EDWARDIAN PARASOL,1,2010-12-01 09:00:00,4.25,,France',
  'C536379,85123A,WHITE HANGING HEART,-2,2010-12-01 09:41:00,2.55,17850.0,United Kingdom',
  'C536380,22423,REGENCY CAKESTAND,-1,2010-12-01 09:50:00,9.0,17850.0,United Kingdom',
  '536414,22139,found,56,2010-12-01 11:52:00,0.0,,United Kingdom',
  '536420,22139,damaged,-5,2010-12-02 11:52:00,0.0,,United Kingdom',
  'A563186,B,Adjust bad debt,1,2010-12-03 14:51:00,-11062.06,,United Kingdom',
  '',
].join('\n')
