import { describe, expect, it } from 'vitest'
import { checks } from '../../scripts/proof/checks.js'
import { keptLines } from '../../scripts/proof/kept-lines.js'
import { proofPage } from '../../scripts/proof/page.js'

/** What checks have printed, shortened to a few of their lines. */
const printed = {
  'planted-bugs': [
    'no bug: not found in 8000 seeds',
    ' ok  events are lost: found by seed 1: EV9 event 5 of stock/main/lamp is not what was committed',
    ' ok  half a changeset: the last record of a large batch is left out: found by seed 2: EV9 order/1 is not what was committed',
    ' ok  the batcher waits for itself: found: the run never ends',
    '3 of 3 planted bugs found',
  ],
  races: [
    '',
    'ten hands that ship one parcel (seen in medusajs/medusa #5158, inventree/InvenTree #2741)',
    '  memory   1 process       10 attempts    0.1 s: 1 done, 9 invalid_state',
    '  sqlite   4 processes     10 attempts    0.4 s: 1 done, 9 invalid_state',
    '',
    'PY2 full refunds of one payment (seen in medusajs/medusa PR #15527, saleor/saleor #14279)',
    '  postgres 2 processes     10 attempts    0.2 s: 1 done, 9 refund_exceeds_captured',
    '',
    '3 races, 30 attempts, 0 processes killed, 0 breaches',
    '{"suite":"race","races":3,"attempts":30,"kills":0,"breaches":0,"seconds":1}',
  ],
  'mutation-money': [
    'src/core/money/allocate.ts:31 "left > 0n" as "left >= 0n" (12 tests come by)',
    'src/core/money/allocate.ts: 41 of 42 noticed, 1 survive',
    'src/core/money/money.ts: 20 of 20 noticed',
    '2 tests cannot be run here: reads a file; asks where it lies',
    'money: 61 of 62 mutants noticed, 98.4 %, 1 survive, in 60 s; 3 more run when a file is loaded and are left out',
  ],
  simulation: [
    '20000 simulations in 108.6 s, 184 a second with 2 workers',
    '295996 commands (14.8 a run), 4156380 scheduling points (207.8 a run)',
    '2 faults of 2 kinds',
    '  conflict: 1',
    '  disk_full: 1',
    '269 marks hit 478307 times',
    '187 cells hit 121044 times: a command, its outcome, and the status before it',
    '402 of 402 came about that must within so many seeds',
    '0 seeds found something wrong',
  ],
  'inventory-model': [
    '  shipTransfer out_of_stock: 9',
    '  submitCount ok: 40',
    '5000 operations in 5.5 s, 904 a second: 0 differences',
  ],
  coverage: [
    'audit 22 of 22, core itself 40 of 40, totals 600 of 600',
    '662 of 662 branches taken, 100.00 %, by unit,property,model tests in 300 s',
  ],
  assertions: [
    'folder           functions  named  that can fail  assertions  conditions  for one that can fail',
    '.                       44     30              19           5           5                  0.26',
    'money                   92     67              59          12          12                  0.20',
    'all                    136     97              78          17          17                  0.22',
    '17 conditions in 17 assertions, 0.22 for each function that can fail',
    '{"suite":"assertions","functions":136}',
  ],
} as const

const crashed =
  'sqlite, writer: 300 crashes in 832 s: 7448 commands acknowledged, 0 of them lost; 0 torn states; 1540 commands without an answer, of which 76 were committed, 0 not resolved by their key'

/** Of each check, lines like those it ends with. */
const sums: Readonly<Record<string, readonly string[]>> = {
  ...printed,
  'simulation-trade': printed.simulation,
  'simulation-long': printed.simulation,
  'fault-sweep': [
    '99 of 99 commands in 280 scenarios, 357270 cells in 431.1 s with 2 workers',
    'the fault struck in 357267 cells: 0 broken promises',
  ],
  histories: [
    '100001 histories of 51075 simulations in 216.1 s: 701255 operations, 248427 granted, 260075 refused, 84126 without an answer',
    'along their versions: 100001 checked, 0 broken',
    'by search, trusting no version: 100000 checked, 0 broken, 1 given up',
    '0 broken in all, with 0 simulations that found something else wrong',
  ],
  'mutation-inventory': printed['mutation-money'],
  'mutation-invoicing': printed['mutation-money'],
  contention: [
    '893325 attempts in 1511 s, 591 a second, 4 processes, 32 connections: 499713 held, 393612 refused',
    '0 deadlocks, 0 levels oversold, 0 levels that differ from their holds, 0 holds nobody was told of',
  ],
  'sqlite-writer': [crashed],
  'sqlite-power': [crashed],
  'sqlite-disk': [crashed],
  'postgres-writer': [crashed],
  'postgres-server': [crashed],
  'postgres-connection': [
    crashed,
    '180 commits were left open (outcome_unknown); their keys told of 90 that they were written and of 90 that they were not; 0 half written, 0 not resolved',
  ],
  'postgres-standby': [crashed],
  'postgres-disk': [crashed],
}

const checkOf = (name: string) => {
  const check = checks.find((each) => each.name === name)
  if (check === undefined) throw new Error(`there is no part ${name}`)
  return check
}

/** The page of one run that has held and printed these lines. */
const wholePageOf = (name: string, lines: readonly string[]): string => {
  const check = checkOf(name)
  return proofPage([check], {
    [name]: {
      command: `npm run ${check.full}`,
      date: '2026-01-01',
      commit: 'abc',
      machine: 'a machine',
      seconds: 1,
      passed: true,
      output: keptLines(check.keeps, lines, true),
    },
  })
}

/** What the page shows of a run that has held, and what it folds away under which title. */
const pageOf = (name: keyof typeof printed) => {
  const page = wholePageOf(name, printed[name])
  const [shown = '', folded = ''] = [...page.matchAll(/```text\n([^]*?)\n```/g)].map(([, text = '']) => text)
  const [, title] =
    /<details>\n<summary>(.*)<\/summary>\n\n```text\n[^]*\n```\n\n<\/details>/.exec(page) ?? []
  return { shown: shown.split('\n').slice(1), title, folded: folded.split('\n') }
}

describe('what the page of proofs keeps of what a check prints', () => {
  it('planted bugs: the sum, and folded away the seed that found each', () => {
    expect(pageOf('planted-bugs')).toEqual({
      shown: ['no bug: not found in 8000 seeds', '3 of 3 planted bugs found'],
      title: 'Each planted bug, and the seed that found it',
      folded: [
        ' ok  events are lost: found by seed 1',
        ' ok  half a changeset: the last record of a large batch is left out: found by seed 2',
        ' ok  the batcher waits for itself: found: the run never ends',
      ],
    })
  })

  it('races: the sum, and folded away a line for each race and store', () => {
    const { shown, folded } = pageOf('races')
    expect(shown).toEqual(['3 races, 30 attempts, 0 processes killed, 0 breaches'])
    expect(folded).toEqual(printed.races.slice(0, -2).filter((line) => line !== ''))
  })

  it('mutation scores: the sum with how many survive, and folded away that of each file', () => {
    const { shown, folded } = pageOf('mutation-money')
    expect(shown).toEqual(['2 tests cannot be run here', printed['mutation-money'][4]])
    expect(folded).toEqual(printed['mutation-money'].slice(1, 3))
  })

  it('simulations, the model, branches and assertions: the sum, and folded away what it is the sum of', () => {
    expect(pageOf('simulation').shown).toHaveLength(7)
    expect(pageOf('simulation').folded).toEqual(['  conflict: 1', '  disk_full: 1'])
    expect(pageOf('inventory-model').shown).toEqual([printed['inventory-model'][2]])
    expect(pageOf('inventory-model').folded).toHaveLength(2)
    expect(pageOf('coverage').shown).toEqual([printed.coverage[1]])
    expect(pageOf('coverage').folded).toEqual([printed.coverage[0]])
    expect(pageOf('assertions').shown).toEqual([
      printed.assertions[0],
      printed.assertions[3],
      printed.assertions[4],
    ])
    expect(pageOf('assertions').folded).toEqual(printed.assertions.slice(1, 3))
  })

  it('a line that says all kinds of faults at once is cut after how many there were', () => {
    const { keeps } = checkOf('simulation')
    expect(keptLines(keeps, ['45169 faults of 35 kinds: {"conflict":1251}'], true)).toEqual([
      '45169 faults of 35 kinds',
    ])
  })

  it('a check that names nothing: its last eight lines, without those of a stack', () => {
    const lines = Array.from({ length: 9 }, (_, place) => `line ${place}`)
    expect(keptLines(undefined, [...lines, '    at somewhere (file.ts:1:1)', ''], true)).toEqual(
      lines.slice(1),
    )
  })

  it('what has failed says why: beside what is kept, the last eight lines of anything else', () => {
    const { keeps } = checkOf('races')
    const breaches = Array.from({ length: 9 }, (_, place) => `the end of process ${place}`)
    const lines = [...printed.races, ...breaches]
    expect(keptLines(keeps, lines, true)).not.toContain('the end of process 8')
    const kept = keptLines(keeps, lines, false)
    expect(kept.filter((line) => breaches.includes(line))).toEqual(breaches.slice(1))
    expect(kept).toContain('3 races, 30 attempts, 0 processes killed, 0 breaches')
  })
})

/** The row of a run in the table at the top of the page. */
const rowOf = (name: string, lines: readonly string[]): string | undefined =>
  wholePageOf(name, lines)
    .split('\n')
    .find((line) => line.startsWith(`| [${checkOf(name).title}](`))

describe('the table at the top of the page of proofs', () => {
  it('says of each run in a line what came out, and leads to its section', () => {
    expect(rowOf('simulation', printed.simulation)).toBe(
      '| [Simulation](#simulation) | 20,000 simulations, 295,996 commands, 0 seeds found something wrong | Held | `abc` |',
    )
    expect(rowOf('planted-bugs', printed['planted-bugs'])).toContain(
      '(#planted-bugs) | 3 of 3 planted bugs found | Held |',
    )
  })

  it.each(checks.filter(({ asked }) => asked === undefined).map(({ name }) => name))(
    '%s: each thing that it says in brief is found in what the page keeps of a run',
    (name) => {
      const { keeps, brief = [] } = checkOf(name)
      expect(brief.length).toBeGreaterThan(0)
      const lines = sums[name]
      if (lines === undefined) throw new Error(`no line of ${name} is given here`)
      const kept = keptLines(keeps, lines, true)
      for (const part of brief)
        expect(
          kept.some((line) => part.test(line)),
          String(part),
        ).toBe(true)
    },
  )

  it('says of a figure on the wrong side of what is asked that it is, and where it says why', () => {
    const figure = (bench: string, ratio: number) =>
      JSON.stringify({ bench, ours: 1, limit: 2, ratio, unit: 'ops/s' })
    const held = [figure('place-memory', 0.03984), figure('place-sqlite-256', 0.61234)]
    const others = [figure('place-postgres-256', 0.7), figure('place-postgres-1', 12.34)]
    const missed = figure('place-sqlite-1', 0.49)
    const row = rowOf('speed-place', [...held, missed, ...others])
    expect(row).toContain(
      '| place-memory **0.0398**, place-sqlite-256 **0.612**, place-sqlite-1 **0.49** (at least 0.8',
    )
    expect(row).toContain('[why](decisions/0022-one-caller-and-the-disk.md))')
    expect(row).toContain('**12.3** | Held (figures that miss say why) | `abc` |')
  })

  it('calls nothing held that was not run, and leaves nothing out in silence that a run did not say', () => {
    const skipped = rowOf('sqlite-disk', ['sqlite, disk: not run: no file system may be mounted here'])
    expect(skipped).toContain('**Not run**')
    expect(skipped).not.toContain('Held')
    expect(rowOf('coverage', ['something else'])).toContain('| see there |')
  })
})
