// `npm run bench -- NAME` runs bench/NAME.ts with `gc()` at hand, or the figures of that name or beginning: `place-postgres` is place-postgres-256 and
// place-postgres-1. `npm run bench -- place place-sqlite-1` is one figure of that file. Without NAME it lists the files.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { benchesFor } from './bench-names.mjs'
import { bundled } from './run-bundled.mjs'

const files = readdirSync('bench')
  .filter((file) => file.endsWith('.ts') && file !== 'harness.ts')
  .map((file) => basename(file, '.ts'))
  .sort()
const [name, ...rest] = process.argv.slice(2)
// Room for what is gone at once, for ours and for the limit alike, as docs/how-to/sqlite-in-production.md recommends.
const options = ['--expose-gc', '--max-semi-space-size=64']

if (name === undefined) {
  for (const each of files) console.log(each)
} else {
  const benches = benchesFor(name, files)
  if (benches.length === 0) {
    console.error(`no benchmark and no figure begins with ${JSON.stringify(name)}, only: ${files.join(', ')}`)
    process.exitCode = 1
  }
  for (const { file, figures } of benches) {
    const outfile = await bundled(`bench/${file}.ts`)
    const { status, signal } = spawnSync(process.execPath, [...options, outfile, ...figures, ...rest], {
      stdio: 'inherit',
    })
    if (signal) console.error(`bench/${file}.ts ended by ${signal}`)
    if (status !== 0) process.exitCode = status ?? 1
  }
}
