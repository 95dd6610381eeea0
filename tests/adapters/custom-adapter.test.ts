import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { RootDatabase } from 'lmdb'
import { memoryStorage, type Storage, type TenantId } from 'orderwright'
import { fixedClock, storageConformance, type OpenStorage } from 'orderwright/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { openLmdbStorage } from '../../examples/custom-adapter/open-lmdb-storage.js'
import { runKit, unaskedCases } from '../../examples/custom-adapter/run-kit.js'
import { checkSale, sellMugs } from '../../examples/custom-adapter/sell.js'
import { simulate } from '../../examples/custom-adapter/simulate.js'
import { writerTo } from '../../examples/custom-adapter/writer.js'
import { plantBug, type Edit } from '../../scripts/plant-bug.mjs'
import tsconfig from '../../tsconfig.json' with { type: 'json' }

const main = 'main' as TenantId
const folder = await mkdtemp(join(tmpdir(), 'orderwright-lmdb-'))
afterAll(() => rm(folder, { recursive: true }))

describe('the adapter of examples/custom-adapter', () => {
  it('keeps a whole sale over the end of its process', async () => {
    const file = join(folder, 'sale.lmdb')
    const storage = await openLmdbStorage(file)
    const sale = await sellMugs(storage)
    await storage.close()
    const reopened = await openLmdbStorage(file)
    await checkSale(reopened, sale)
    expect(await reopened.health()).toMatchObject({ adapter: 'lmdb', durable: true })
    await reopened.close()
  })

  it('keeps its promises in the simulator', async () => {
    expect(await simulate([1, 2, 3])).toEqual([])
  })

  it('answers storage_unavailable to whatever is asked of a closed handle', async () => {
    const storage = await openLmdbStorage(join(folder, 'closed.lmdb'))
    await storage.close()
    for (const ask of everyMethod(storage))
      await expect(ask()).rejects.toMatchObject({ code: 'storage_unavailable' })
  })

  it('answers outcome_unknown to a commit that failed, for the disk may have it', async () => {
    const transactionSync = (work: () => unknown): never => {
      work()
      throw Object.assign(new Error('Input/output error'), { code: 5 })
    }
    const write = writerTo({ transactionSync } as unknown as RootDatabase)
    await expect(write(() => 'written')).rejects.toMatchObject({ code: 'outcome_unknown' })
  })

  it('tells of a file whose commits would not be durable, and does not open it', async () => {
    const { open } = await import('lmdb')
    const path = join(folder, 'hasty.lmdb')
    const hasty = open({ path, noSubdir: true })
    await expect(openLmdbStorage(path)).rejects.toMatchObject({ code: 'storage_unavailable' })
    await hasty.close()
  })
})

const everyMethod = (storage: Storage): readonly (() => Promise<unknown>)[] => [
  () => storage.read(main, [{ kind: 'sample', id: 'ada' }]),
  () => storage.update(main, [], () => ({ records: [], events: [], messages: [] })),
  () => storage.find(main, { kind: 'sample' }),
  async () => {
    for await (const event of storage.history(main, { kind: 'sample', id: 'ada' })) return event
    return undefined
  },
  () => storage.claim(1, 1_000),
  () => storage.settle([{ tenant: main, id: 'none', fence: 1, outcome: 'delivered' }]),
  () => storage.release(main, { kind: 'sample', id: 'ada' }),
  () => storage.health(),
]

interface Breakage {
  readonly breakage: string
  readonly edits: readonly Omit<Edit, 'file'>[]
  readonly file: string
  /** Starts of the names of cases that have to complain. */
  readonly noticedBy: readonly string[]
}

/** What docs/how-to/storage-adapter.md says goes wrong, step by step. */
const breakages: readonly Breakage[] = [
  {
    breakage: 'decides before it has the lock',
    file: 'lmdb-storage.ts',
    edits: [
      {
        find: 'update: (tenant, keys, decide) =>\n      write(() => {',
        replace: 'update: async (tenant, keys, decide) => {',
      },
      {
        find: 'decide(locked, clock.now())\n',
        replace: 'decide(locked, clock.now())\nawait new Promise(setImmediate)\nreturn write(() => {\n',
      },
      {
        find: 'queueMessage(tables, tenant, message)\n      }),',
        replace: 'queueMessage(tables, tenant, message)\n})},',
      },
    ],
    noticedBy: ['EV2 loses no update', 'inserts a record once', 'LV2 locks in one order'],
  },
  {
    breakage: 'writes without a transaction',
    file: 'writer.ts',
    edits: [{ find: 'root.transactionSync(() =>', replace: '(<V>(run: () => V): V => run())(() =>' }],
    noticedBy: ['EV2 leaves nothing of a refused update', 'ST3 refuses a stock level'],
  },
  {
    breakage: 'hides what a decision threw in an error of its own',
    file: 'writer.ts',
    edits: [{ find: 'return isOurs ? error : asStorageError', replace: 'return asStorageError' }],
    noticedBy: ['writes nothing when the decision throws'],
  },
  {
    breakage: 'hands out records without asking for their lock',
    file: 'locked-records.ts',
    edits: [{ find: 'if (locked.has(nameOf(key)))', replace: 'if (locked.size > 0)' }],
    noticedBy: ['throws when the decision asks for a record that is not locked'],
  },
  {
    breakage: 'overwrites whatever version there is',
    file: 'lmdb-records.ts',
    edits: [{ find: '(current?.version ?? 0) !== before', replace: 'version < 1' }],
    noticedBy: ['EV2 refuses a write at another version'],
  },
  {
    breakage: 'writes a record twice',
    file: 'lmdb-records.ts',
    edits: [{ find: '.size < writes.length', replace: '.size > writes.length' }],
    noticedBy: ['EV2 refuses two writes of one record'],
  },
  {
    breakage: 'takes any stock level',
    file: 'lmdb-records.ts',
    edits: [{ find: '  checkStock(key, state)\n', replace: '' }],
    noticedBy: ['ST3 refuses a stock level'],
  },
  {
    breakage: 'leaves old entries in its index',
    file: 'lmdb-records.ts',
    edits: [{ find: '  unlist(tables, tenant, key, current?.entries ?? {})\n', replace: '' }],
    noticedBy: ['finds a record under its newest entries only'],
  },
  {
    breakage: 'reads what it had read before',
    file: 'lmdb-storage.ts',
    edits: [{ find: '      root.resetReadTxn()\n', replace: '' }],
    noticedBy: ['shows over every handle what an update has committed'],
  },
  {
    breakage: 'ends a history with its first page',
    file: 'lmdb-storage.ts',
    edits: [{ find: 'if (page.length < eventsPerPage) return', replace: 'if (page.length > 0) return' }],
    noticedBy: ['EV1 gives all of a long history'],
  },
  {
    breakage: 'writes its outbox apart from the records',
    file: 'lmdb-storage.ts',
    edits: [
      {
        find: 'for (const message of messages) queueMessage(tables, tenant, message)\n      }),',
        replace:
          'return messages }).then((messages) => write(() => { for (const message of messages) queueMessage(tables, tenant, message) })),',
      },
    ],
    noticedBy: ['EV9 writes nothing of an update'],
  },
  {
    breakage: 'settles under any fence',
    file: 'lmdb-outbox.ts',
    edits: [{ find: ' || queued.fence !== result.fence', replace: '' }],
    noticedBy: ['NO7 ignores a settlement under a fence'],
  },
  {
    breakage: 'takes every message for the first of its line',
    file: 'lmdb-outbox.ts',
    edits: [
      {
        find: '  if (before !== undefined) tables.heads.removeSync(headKey(before.key, before.value))\n',
        replace: '',
      },
    ],
    noticedBy: ['NO3 hands out the messages of one record one by one'],
  },
  {
    breakage: 'claims first what has been due for longest',
    file: 'lmdb-outbox.ts',
    edits: [
      { find: '{ message }: QueuedMessage', replace: '{ dueAt }: QueuedMessage' },
      { find: '  message.createdAt,\n', replace: '  dueAt,\n' },
    ],
    noticedBy: ['claims the oldest first among those'],
  },
  {
    breakage: 'serves one tenant after the other',
    file: 'lmdb-outbox.ts',
    edits: [{ find: 'const steps = walks.map(', replace: 'const steps = walks.slice(0, 1).map(' }],
    noticedBy: ['lets a tenant with 1,000 waiting messages', 'takes the oldest of each tenant in turn'],
  },
  {
    breakage: 'begins every claim with the same tenant',
    file: 'lmdb-outbox.ts',
    edits: [{ find: 'tenantsInTurn(tables, turn.last)', replace: 'tenantsInTurn(tables, undefined)' }],
    noticedBy: ['goes on from one claim to the next'],
  },
]

const example = 'examples/custom-adapter'
const alias = Object.fromEntries(
  Object.entries(tsconfig.compilerOptions.paths).map(([name, [source = '']]) => [name, resolve(source)]),
)

/** The adapter with the breakage in it, compiled beside the others. */
const openBroken = async ({ breakage, file, edits }: Breakage): Promise<OpenStorage> => {
  const planted = plantBug(edits.map((edit) => ({ ...edit, file: `${example}/${file}` })))
  if (planted === undefined)
    throw new Error(`${file} no longer has the text that is to be broken: ${breakage}`)
  const outfile = resolve(
    `node_modules/.cache/orderwright-broken/${process.pid}/${breakages.findIndex((each) => each.breakage === breakage)}.mjs`,
  )
  await build({
    entryPoints: [`${example}/run-kit.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias,
    plugins: [planted],
    logLevel: 'error',
  })
  const { openForKit } = (await import(pathToFileURL(outfile).href)) as { readonly openForKit: OpenStorage }
  return openForKit
}

const complaintsOf = async (open: OpenStorage, starts: readonly string[]): Promise<readonly string[]> => {
  const complaining: string[] = []
  for (const start of starts) {
    const [only, ...more] = storageConformance.filter(({ name }) => name.startsWith(start))
    if (only === undefined || more.length > 0) throw new Error(`no case, or several, are called "${start}…"`)
    await only.run(open).catch((error: unknown) => {
      if ((error as Error).name === 'AssertionError') complaining.push(start)
    })
  }
  return complaining
}

describe('the conformance kit', () => {
  afterAll(() => rm(resolve(`node_modules/.cache/orderwright-broken/${process.pid}`), { recursive: true }))

  it.each(breakages)('notices when the adapter $breakage', async (breakage) => {
    const open = await openBroken(breakage)
    expect(await complaintsOf(open, breakage.noticedBy)).toEqual(breakage.noticedBy)
  })

  it('is asked of the adapter in all that needs no lock held by another process', async () => {
    const unasked = await unaskedCases()
    expect(unasked).toEqual(
      storageConformance.filter(({ needs }) => needs.includes('hold')).map(({ name }) => name),
    )
    expect(unasked.length).toBeGreaterThan(0)
  })

  it('is run whole, and what it notices is told with its reason', async () => {
    const clock = fixedClock()
    const broken = await runKit(async () => ({
      storage: { ...memoryStorage({ clock }), release: async () => 0 },
      clock,
    }))
    expect(broken.length).toBeGreaterThan(0)
    for (const complaint of broken) expect(complaint).toMatch(/\n {2}[A-Z].*\.\n {2}AssertionError/)
    expect(broken.join('\n')).toContain('NO5 puts parked messages of one record back in line')
  })
})
