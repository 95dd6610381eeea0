import { shopWorkload } from '../../src/testing/simulation/shop-workload.js'
import type { Workload } from '../../src/testing/simulation/workload.js'
import { everyCommand } from '../../tests/support/every-command-workloads.js'
import { playedCommands } from '../../tests/support/played-commands.js'
import { themes } from '../../tests/support/trade-themes.js'
import { tradeWorkload } from '../../tests/support/trade-workload.js'
import type { KeptLines } from './kept-lines.js'

/** One thing that is claimed, the program that tries to show it wrong, and what it would print if it were. */
export interface Check {
  /** What `--part` takes. */
  readonly name: string
  readonly title: string
  readonly claim: string
  readonly how: string
  readonly falsified: string
  /** An npm script with its options: a short run, and the one to be quoted. */
  readonly quick: string
  readonly full: string
  /** What the page keeps of what it prints; its last lines where it prints but a few. */
  readonly keeps?: KeptLines
  /** What the table at the top of the page says of a run: what each of these finds in the lines that are kept. */
  readonly brief?: readonly RegExp[]
  /** What is asked of each figure that a benchmark prints: ours divided by the limit. */
  readonly asked?: Readonly<Record<string, Bound>>
}

export interface Bound {
  readonly is: 'at least' | 'at most'
  readonly ratio: number
  /** The page under `docs` that says why a figure may miss it. */
  readonly decision?: string
}

const bound =
  (is: Bound['is']) =>
  (ratio: number, decision?: string): Bound => ({ is, ratio, ...(decision !== undefined && { decision }) })
const atLeast = bound('at least')
const atMost = bound('at most')

/** Ours and the limit run in turn in one process, so that a slow moment of the machine hits both; medians of several rounds. */
const bench = (name: string): Pick<Check, 'quick' | 'full' | 'falsified' | 'keeps'> => ({
  quick: `bench -- ${name}`,
  full: `bench -- ${name}`,
  falsified: 'A ratio on the wrong side of what is asked.',
  keeps: { shown: /^\{"bench".*/ },
})

const crash = (
  store: string,
  how: string,
  quick: number,
  full: number,
  more: readonly RegExp[] = [],
): Pick<Check, 'quick' | 'full' | 'brief'> => ({
  brief: [
    /\d+ crashes/,
    /\d+ commands acknowledged/,
    /\d+ of them lost/,
    /\d+ torn states/,
    /\d+ not resolved by their key/,
    ...more,
  ],
  quick: `crash -- --store ${store} --how ${how} --kills ${quick}`,
  full: `crash -- --store ${store} --how ${how} --kills ${full}`,
})

const mutation = (folder: string, what: string): Check => ({
  name: `mutation-${folder}`,
  title: `Mutation score of ${folder}`,
  claim: `Whoever gets something of ${what} wrong is told by a unit test: of at least 85 in 100 places.`,
  how: `Each comparison, condition, operator and literal in \`src/core/${folder}\` is changed, one at a time, and the unit tests that come by it are run until one fails. Texts of assertions and what runs only when a file is loaded are left out.`,
  falsified: 'A lower score. The command lists each change that nobody noticed; some of them change nothing.',
  quick: `mutation -- --folder ${folder} --sample 60`,
  full: `mutation -- --folder ${folder} --workers 2 --least 85`,
  brief: [/\d+ of \d+ mutants noticed, [\d.]+ %/],
  keeps: {
    shown: /^(?:\w+: \d+ of \d+ mutants noticed.*|\d+ tests cannot be run here)/,
    folded: { title: 'File by file', lines: /^src\S+: \d+ of \d+ noticed.*/ },
  },
})

const simulation: KeptLines = {
  shown: /^\d+ (?:faults of \d+ kinds|of \d+ came about .*|(?:simulations|commands|marks|cells|seeds) .*)/,
  folded: { title: 'Faults by kind', lines: /^ {2}\w+: \d+$/ },
}

const seedsThatFound = [/\d+ simulations/, /\d+ commands/, /\d+ seeds found something wrong/]

/** How many commands a workload plays, and which where it does not play all of them. */
const playing = (workload: Workload): string => {
  const played = playedCommands(workload)
  if (played.length === everyCommand.length) return `all ${everyCommand.length} commands`
  return `${played.length} of the ${everyCommand.length} commands, ${played.map((command) => `\`${command}\``).join(', ')}`
}

const lostOrTorn =
  'An acknowledged command that is lost, a torn state, or a key that does not resolve its command.'

export const checks: readonly Check[] = [
  {
    name: 'simulation',
    title: 'Simulation',
    claim:
      'Whatever the order in which calls arrive and fail, orders, stock, invoices and payments keep their invariants, and each key has one effect.',
    how:
      'The real code runs on a seeded scheduler and clock, over the memory store with faults around its calls: crashes before and after the commit, lost acknowledgements, conflicts, full disks, clock jumps. With each commit the invariants of a single step are checked on what it writes, and a shadow of what was committed is kept. After each run a new engine that remembers nothing, over the same store, is sent every request that had a key once more, under that key, and works off what waits; then each record and its history are read back and compared with the shadow, and the invariants that span records are recomputed from it. Every sixteenth run compares the rest of the store, too: the lists of each kind, what the indexes find, what another tenant sees. It also fails when something never came about that must within so many seeds: each kind of fault, each command with each of its outcomes, and each of these with the status that its record had before (cells), as recorded in `tests/simulation/expected-marks.json` by `npm run marks:record`. ' +
      `Its clients sell, bill and are paid: ${playing(shopWorkload)}.`,
    falsified: 'A seed that found something wrong; it replays by its number.',
    quick: 'simulate -- --seeds 2000 --workers 1',
    full: 'simulate -- --seeds 1000000 --workers 2',
    keeps: simulation,
    brief: seedsThatFound,
  },
  {
    name: 'simulation-trade',
    title: 'Simulation of every command',
    claim:
      'The same holds for every command there is, when several clients are at the same transfer, count, location, expected receipt, booking, lot, bank entry or parcel.',
    how: `The simulator plays ${playing(tradeWorkload)}: the random business of the property tests with goods in lots, pieces with serial numbers, kits, services and capacity, at three locations, and beside it the prices, promotions, taxes, bills and claims of the shop of *Simulation*. Four seeds in five play one or two of ${Object.keys(themes).length} lists of commands that meet at the same records, the others all of them. Faults, checks and what must come about are those of *Simulation*, but for three checks that need plain goods or requests without dates: the histories of reservations, parcels against orders, days.`,
    falsified: 'A seed that found something wrong; it replays by its number.',
    quick: 'simulate -- --workload trade --seeds 2000 --workers 1',
    full: 'simulate -- --workload trade --seeds 100000 --workers 2',
    keeps: simulation,
    brief: seedsThatFound,
  },
  {
    name: 'simulation-long',
    title: 'Long simulations',
    claim:
      'What holds after a few commands holds after thousands, with processes that have lived through many faults.',
    how: 'The simulator plays runs of 10,000 moves, some 8,000 of them commands and the others rounds of the relay and of the sweeps, with some 1,400 faults each: records reach versions in the thousands, clocks come decades ahead, and what a process keeps in memory has seen stores that fell silent, again and again.',
    falsified: 'A seed that found something wrong.',
    quick: 'simulate -- --workload trade --seeds 4 --commands 2000 --workers 1',
    full: 'simulate -- --workload trade --seeds 200 --commands 10000 --workers 2',
    keeps: simulation,
    brief: seedsThatFound,
  },
  {
    name: 'fault-sweep',
    title: 'Fault sweep',
    claim: 'No error path is untested: each command survives each kind of fault at each call it makes.',
    how: 'Every command of the API is played in a business where it comes to a good end, and most of them again in the two shops of the simulator; a relay and a sweep come after it. The calls of its ports on the way are counted (the store with its histories and its outbox, the channels, the statement reader, the tax engine, the policy, ids, the clock), and it is played again with each kind of fault at each of them, once and for ever. Beside what a simulation checks at its end, every request must come to the outcome it has undisturbed, and its events be written as often as then.',
    falsified: 'A broken promise, or a command that is left out.',
    quick: 'fault-sweep -- --one-in 101',
    full: 'fault-sweep -- --workers 2',
    brief: [/\d+ of \d+ commands/, /\d+ cells/, /\d+ broken promises/],
  },
  {
    name: 'histories',
    title: 'Histories of reservations',
    claim: 'Stock is never oversold, and nobody is told "out of stock" who could have been served.',
    how: 'Racing orders and holds leave a history of each stock level. Each of these is checked for linearizability by itself: along the versions that answers carry; by a search for a legal sequence, which trusts no version; and by bounds that hold of every legal sequence, whichever it is: a refusal needs a moment within the call when too little can have been available, a grant one when enough can. And across the levels: an order or hold of several SKUs has all it asked for on each of them, or nothing on any.',
    falsified:
      'A broken history. The checkers themselves are held to planted errors in `tests/simulation/history`.',
    quick: 'histories -- --count 500 --workers 1',
    full: 'histories -- --count 100000 --workers 2',
    brief: [/\d+ histories/, /\d+ operations/, /\d+ broken in all/, /\d+ given up/],
  },
  {
    name: 'inventory-model',
    title: 'Inventory against a model',
    claim: 'Inventory does what a plain model of it does.',
    how: 'Random operations run against the engine and against a model of plain maps; every outcome and all figures are compared.',
    falsified: 'A difference.',
    quick: 'model-run -- --operations 5000 --workers 1',
    full: 'model-run -- --operations 1000000 --workers 2',
    brief: [/\d+ operations/, /\d+ differences/],
    keeps: {
      shown: /^\d+ operations in .*/,
      folded: { title: 'Outcomes of each operation', lines: /^ {2}\S+ .*: \d+$/ },
    },
  },
  {
    name: 'planted-bugs',
    title: 'Planted bugs',
    claim: 'The simulator finds bugs of the kinds it is there for.',
    how: 'Named bugs (a lost update, an idempotency record written apart, half a changeset, …) are planted one at a time in a build of their own.',
    falsified: 'A planted bug that is missed, or something found where none is planted.',
    quick: 'mutants -- --only lost --seeds 2000',
    full: 'mutants',
    brief: [/\d+ of \d+ planted bugs found/],
    keeps: {
      shown: /^(?:no bug: .*|MISS .*|\d+ of \d+ planted bugs found)/,
      folded: {
        title: 'Each planted bug, and the seed that found it',
        lines: /^ ok .*?: found(?: by seed \d+|: the run never ends)/,
      },
    },
  },
  {
    name: 'coverage',
    title: 'Branches of the core',
    claim: 'Whatever the core can decide, a test has it decide.',
    how: 'The unit, property and model tests run with the counters of V8 switched on, and every branch of every file of `src/core` has to be taken: both sides of each condition, each case, each default.',
    falsified: 'A branch that is listed. None is left out by a comment.',
    quick: 'coverage',
    full: 'coverage',
    brief: [/\d+ of \d+ branches taken/],
    keeps: {
      shown: /^\d+ of \d+ branches taken.*/,
      folded: { title: 'Folder by folder', lines: /^[a-z ]+ \d+ of \d+,.*/ },
    },
  },
  {
    name: 'assertions',
    title: 'Assertions',
    claim:
      'The assertions of the core are on in production as in tests: none can be switched off, and none is for development alone. One that fails stops its command before anything is written.',
    how: 'The sources of `src/core` are read with the compiler of TypeScript. Counted are the functions; the named ones, and which of them compute, compare or choose; the calls of the four functions that throw `InvariantViolation`; and the conditions they ask, of which `a && b` has two. A count says how many there are, not that they are the right ones: `tests/unit/assertions.test.ts` breaks records by hand and sees the rule named, and why assertions stand where they stand is in [decision 50](decisions/0050-assertions-stand-at-the-gates.md).',
    falsified: 'A record that is broken by hand and written all the same.',
    quick: 'assertions',
    full: 'assertions',
    brief: [/\d+ conditions in \d+ assertions/, /\d[.]\d+ for each function that can fail/],
    keeps: {
      shown: /^(?:(?:folder|all) .*|\d+ conditions .*)/,
      folded: { title: 'Folder by folder', lines: /^\S+(?: +\d+){5} .*/ },
    },
  },
  mutation('money', 'amounts, rounding and shares'),
  mutation('inventory', 'what is there and what is promised'),
  mutation('invoicing', 'invoices, credits, numbers and reminders'),
  {
    name: 'races',
    title: 'Races',
    claim:
      'Exactly what there is is given away, however many want it at once and from however many processes.',
    how: 'Up to 20,000 buyers for scarce stock, ten hands on one shipment, invoice, return, payment, capture or refund, with one, two and four processes over each store, and processes that kill themselves at each step of trade and of delivering its messages. Afterwards each level is compared with its movements and documents, each record is folded from its events, and records, kept answers and the messages of orders are counted.',
    falsified:
      'A breach: something sold twice or not at all, an answer other than the expected ones, a record nobody was told of.',
    quick: 'race -- --most 200 --adapters memory,sqlite',
    full: 'race',
    brief: [/\d+ races, \d+ attempts/, /\d+ processes killed/, /\d+ breaches/],
    keeps: {
      shown: /^(?:\d+ races, .*| {4}NOT SO: .*)/,
      folded: {
        title: 'Each race on each store',
        lines: /^(?:\S.* \(seen in .*\)$| {2}(?:memory|sqlite|postgres) .*)/,
      },
    },
  },
  {
    name: 'contention',
    title: 'Contention on PostgreSQL',
    claim: 'Orders for the same goods neither deadlock nor sell anything twice.',
    how: 'Holds of five of twenty SKUs, named in no common order, over 32 connections of four processes, with stock for about half of them.',
    falsified:
      'A deadlock counted by the server, a level promised twice, a level that differs from its holds, a hold nobody was told of.',
    quick: 'contention -- --attempts 5000',
    full: 'contention',
    brief: [
      /\d+ attempts/,
      /\d+ deadlocks/,
      /\d+ levels oversold/,
      /\d+ levels that differ from their holds/,
      /\d+ holds nobody was told of/,
    ],
  },
  {
    name: 'sqlite-writer',
    title: 'Killed writers on SQLite',
    claim:
      'A process that is killed leaves all of a command or nothing of it, nothing of what it had acknowledged is missing, and a key tells what became of the rest. (What the operating system has taken outlives the process: the runs without power are below.)',
    how: 'A process takes orders from placement to payment, telling each key on a pipe before it uses it, and is killed with SIGKILL at a random moment. The file is opened again; every command is repeated under its key and everything is counted: records, stock against its movements, invoice numbers, hash chains, messages.',
    falsified: lostOrTorn,
    ...crash('sqlite', 'writer', 5, 300),
  },
  {
    name: 'sqlite-power',
    title: 'Lost power on SQLite',
    claim: 'Nothing that was acknowledged is lost when the power fails.',
    how: 'SQLite in WebAssembly records its writes and syncs. The recording is played to moments around each sync and after each acknowledgement, with any part of the unsynced writes left out, down to single sectors, and the file is opened with the native driver. `tests/crash/sqlite.test.ts` shows that the same check finds losses with synchronous=NORMAL.',
    falsified: lostOrTorn,
    ...crash('sqlite', 'power', 20, 1_000),
  },
  {
    name: 'sqlite-disk',
    title: 'Full disk under SQLite',
    claim: 'A full disk is told as `storage_unavailable`, and forgotten when there is room again.',
    how: 'A small file system is filled up under a writer and freed again. Needs the right to mount one.',
    falsified: lostOrTorn,
    ...crash('sqlite', 'disk', 1, 20),
  },
  {
    name: 'postgres-writer',
    title: 'Killed writers on PostgreSQL',
    claim:
      'The same on PostgreSQL: the process that wrote takes nothing with it, and leaves nothing half done.',
    how: 'As on SQLite; the server lives on.',
    falsified: lostOrTorn,
    ...crash('postgres', 'writer', 5, 300),
  },
  {
    name: 'postgres-server',
    title: 'Killed PostgreSQL server',
    claim:
      'Nothing acknowledged is lost when the server is crash-stopped, and its callers recover by themselves.',
    how: 'The server is killed and started again under a writer that lives on and repeats under its keys. `tests/crash/postgres.test.ts` shows that acknowledgements are lost as soon as the adapter stops asking for synchronous_commit.',
    falsified: lostOrTorn,
    ...crash('postgres', 'server', 3, 100),
  },
  {
    name: 'postgres-connection',
    title: 'Cut connections to PostgreSQL',
    claim: 'A connection that breaks at any step of a commit leaves no doubt that the key does not resolve.',
    how: 'A proxy cuts connections at each step of a commit in turn, before the server has it and after it has answered: the one statement of a commit without locks; the locking read, the write and COMMIT of one with locks. Each commit that was left open is counted, and what its keys have told of it.',
    falsified: lostOrTorn,
    ...crash('postgres', 'connection', 6, 300, [/\d+ half written/]),
  },
  {
    name: 'postgres-standby',
    title: 'Promoted standby',
    claim: 'With synchronous replication a failover loses nothing that was acknowledged.',
    how: 'The primary is killed under a writer, its standby is promoted and judged.',
    falsified: lostOrTorn,
    ...crash('postgres', 'standby', 1, 20),
  },
  {
    name: 'postgres-disk',
    title: 'Full disk under PostgreSQL',
    claim:
      'The server may give up on a full disk; what it has confirmed is there when it is started with room again.',
    how: 'Data and log of the server lie on a small file system that is filled up and freed.',
    falsified: lostOrTorn,
    ...crash('postgres', 'disk', 1, 20),
  },
  {
    name: 'speed-place',
    title: 'Speed of placing orders',
    claim: 'Being right costs a fraction of what the store itself takes.',
    how: 'Orders of five lines over 1,000 SKUs, each with its key, reservation, events, chain and message, against hand-written code that writes the same rows in the same groups and decides nothing; in memory, against the arithmetic without a store.',
    ...bench('place'),
    asked: {
      'place-memory': atMost(5),
      'place-sqlite-256': atLeast(0.5),
      'place-sqlite-1': atLeast(0.8, 'decisions/0022-one-caller-and-the-disk.md'),
      'place-postgres-256': atLeast(0.5),
      'place-postgres-1': atLeast(0.6),
    },
  },
  {
    name: 'speed-reserve',
    title: 'Speed of reserving stock',
    claim: 'A SKU that everybody wants is held for them as fast as one writer could write it down.',
    how: 'Holds of one unit of one SKU, and of five of twenty, against hand-written code that writes the same rows in the same groups.',
    ...bench('reserve'),
    asked: {
      'reserve-memory-hot': atMost(5),
      'reserve-sqlite-hot-256': atLeast(0.6),
      'reserve-sqlite-5of20': atLeast(0.5),
    },
  },
  {
    name: 'speed-reserve-postgres',
    title: 'Speed of one hot SKU on PostgreSQL',
    claim: 'Callers who all want the same SKU do not wait for one another in line.',
    how: '500 callers hold one unit each, again and again: against a hand-written batcher that writes the same rows in the same groups, and against one conditional UPDATE per caller, which keeps nothing but the level.',
    ...bench('reserve-postgres'),
    asked: { 'reserve-postgres-hot': atLeast(0.5), 'reserve-postgres-vs-update': atLeast(1) },
  },
  {
    name: 'speed-invoices',
    title: 'Speed of invoicing',
    claim: 'Issuing, numbering and storing invoices takes at most twice as long as writing them down.',
    how: 'Invoices of ten lines on SQLite against a hand-written loop that writes the same rows.',
    ...bench('invoices'),
    asked: { 'invoices-sqlite': atLeast(0.5) },
  },
  {
    name: 'speed-totals',
    title: 'Speed of totals',
    claim: 'Totals are exact and cost little more than the bare arithmetic.',
    how: 'An invoice of 100 lines with three rates, line and document discounts, rounded half even: against the same arithmetic by hand on bigint, and on three libraries. All of them come to the same amounts, or the run fails.',
    ...bench('totals'),
    asked: {
      'totals-100-lines': atMost(3),
      'totals-vs-decimal': atMost(0.1),
      'totals-vs-dinero': atMost(0.1, 'decisions/0042-totals-beside-dinero.md'),
      'totals-vs-dinero-bigint': atMost(0.1),
      'totals-vs-big': atMost(0.1),
    },
  },
]
