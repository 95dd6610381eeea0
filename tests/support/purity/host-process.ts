import { readdirSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { sample } from 'fast-check'
import { kindsWithHistory } from '../../../src/app/kinds.js'
import { canonicalJson } from '../../../src/core/canonical-json.js'
import type { RecordedEvent, Storage, StoredRecord } from '../../../src/core/ports/storage.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { moveArbitrary, openTrade, playInTurn } from '../random-trade.js'
import { eventOf, everythingIn } from '../trade-checks.js'
import { poisoned } from './poisoned.js'

// Started by tests/unit/audit/other-hosts.test.ts in hosts of many kinds: folds what released versions wrote, decides a seeded trade, and says which
// bytes it came to. With `poisoned` whatever is folded and decided is so under poisoned globals; with `leaking` each decision asks one of them.
const [golden = '', mode = ''] = process.argv.slice(2)
const pure = mode === '' ? <Value>(work: () => Value): Value => work() : poisoned

const folded = (version: string): readonly string[] => {
  const lines = gunzipSync(readFileSync(`${golden}/${version}/trade.jsonl.gz`))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly event?: RecordedEvent; readonly record?: StoredRecord })
  const events = lines.flatMap(({ event }) => event ?? [])
  return lines.flatMap(({ record }) => {
    const kind = record && kindsWithHistory.get(record.key.kind)
    if (kind === undefined || record === undefined) return []
    const own = events.filter(({ key }) => key.kind === record.key.kind && key.id === record.key.id)
    return pure(() => {
      const state = own.reduce<unknown>((known, event) => kind.evolve(known, eventOf(event)), undefined)
      return canonicalJson({ state, entries: kind.entries(state) })
    })
  })
}

let decisions = 0
const decidingPurely = (storage: Storage): Storage => ({
  ...passThrough(storage),
  update: (tenant, keys, decide) =>
    storage.update(tenant, keys, (records, now) =>
      pure(() => {
        decisions += 1
        if (mode === 'leaking') Date.now()
        return decide(records, now)
      }),
    ),
})

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const moves = sample(moveArbitrary, { seed: 20261130, numRuns: 800 })
const trade = await openTrade(decidingPurely)
let done = 0
await playInTurn(trade, moves, (_move, answer) => {
  if (answer.ok) done += 1
})
const states = readdirSync(golden).toSorted().flatMap(folded)
process.send?.({
  host: {
    version: process.version,
    zone: new Date(2026, 0, 1).getTimezoneOffset(),
    locale: new Intl.DateTimeFormat().resolvedOptions().locale,
  },
  came: {
    decisions,
    done,
    states: states.length,
    folded: sha256(states.join('\n')),
    decided: sha256(await everythingIn(trade.storage)),
  },
})
