// `npm run example -- NAME` runs examples/NAME/main.ts; without NAME it lists the names.
import { existsSync, readdirSync } from 'node:fs'
import { runNamed } from './run-named.mjs'

const programs = readdirSync('examples')
  .sort()
  .map((name) => [name, `examples/${name}/main.ts`])
  .filter(([, file]) => existsSync(file))

runNamed(new Map(programs))
