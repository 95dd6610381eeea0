// `npm run bench -- NAME` runs bench/NAME.ts with `gc()` at hand; without NAME it lists the names.
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { runNamed } from './run-named.mjs'

const programs = readdirSync('bench')
  .filter((file) => file.endsWith('.ts') && file !== 'harness.ts')
  .sort()
  .map((file) => [basename(file, '.ts'), `bench/${file}`])

runNamed(new Map(programs), ['--expose-gc'])
