import { sample } from 'fast-check'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { singleTenant } from '../src/core/ids/ids.js'
import { moveArbitrary, openTrade, playInTurn } from '../tests/support/random-trade.js'

/**
 * Records what this version writes, for every later version to read: all events and records of one seeded trade, a line of JSON each. And the engine
 * itself, for every later version to write beside. Run once for a release; a file that is there is never written again (EV8).
 */
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}
const trade = await openTrade()
await playInTurn(trade, sample(moveArbitrary, { seed: 20261128, numRuns: 500 }))
const records = await trade.storage.read(singleTenant, trade.storage.keys())
const lines = [...trade.storage.events.map((event) => ({ event })), ...records.map((record) => ({ record }))]
const folder = new URL(`../tests/golden/${version}/`, import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(
  new URL('trade.jsonl.gz', folder),
  gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { level: 9 }),
  { flag: 'wx' },
)
const { outputFiles } = await build({
  entryPoints: ['src/create-order-management.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  minify: true,
  write: false,
})
writeFileSync(new URL('engine.mjs.gz', folder), gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }), {
  flag: 'wx',
})
process.stdout.write(`${trade.storage.events.length} events, ${records.length} records of ${version}\n`)
