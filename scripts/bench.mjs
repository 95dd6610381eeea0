// `npm run bench -- NAME` runs bench/NAME.ts with `gc()` at hand; without NAME it lists the names.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'

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
  // Bundled like the package itself: a TypeScript runner adds a call to every function, which is not what a host runs.
  const outfile = `node_modules/.cache/bench/${name}.mjs`
  await build({
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
  // Room for what is gone at once, for ours and for the limit alike, as docs/how-to/sqlite-in-production.md recommends.
  const options = ['--expose-gc', '--max-semi-space-size=64']
  const { status, signal } = spawnSync(process.execPath, [...options, outfile, ...rest], { stdio: 'inherit' })
  if (signal) console.error(`bench/${name}.ts ended by ${signal}`)
  process.exitCode = status ?? 1
}
