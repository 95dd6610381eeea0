// `npm run bench -- NAME` runs bench/NAME.ts with `gc()` at hand; without NAME it lists the names.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { bundled } from './run-bundled.mjs'

const names = readdirSync('bench')
  .filter((file) => file.endsWith('.ts') && file !== 'harness.ts')
  .map((file) => basename(file, '.ts'))
  .sort()
const [name, ...rest] = process.argv.slice(2)

if (name === undefined) {
  for (const each of names) console.log(each)
} else if (!names.includes(name)) {
  console.error(`unknown name ${JSON.stringify(name)}, choose one of: ${names.join(', ')}`)
  process.exitCode = 1
} else {
  const outfile = await bundled(`bench/${name}.ts`)
  // Room for what is gone at once, for ours and for the limit alike, as docs/how-to/sqlite-in-production.md recommends.
  const options = ['--expose-gc', '--max-semi-space-size=64']
  const { status, signal } = spawnSync(process.execPath, [...options, outfile, ...rest], { stdio: 'inherit' })
  if (signal) console.error(`bench/${name}.ts ended by ${signal}`)
  process.exitCode = status ?? 1
}
