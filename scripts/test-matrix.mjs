// `npm run test:matrix`: the unit tests, those of SQLite, whose drivers differ, and the conformance cases of all stores on every other version of Node in
// tests/node-matrix (Linux on x64). Other paths may be named.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

const folder = 'tests/node-matrix/node_modules'
if (!existsSync(folder)) {
  console.error('install the versions first: npm ci --prefix tests/node-matrix')
  process.exit(1)
}
const usual = ['tests/unit', 'tests/adapters/sqlite', 'tests/adapters/conformance.test.ts']
const paths = process.argv.length > 2 ? process.argv.slice(2) : usual

for (const name of readdirSync(folder)
  .filter((entry) => entry.startsWith('node-'))
  .sort()) {
  const node = `${folder}/${name}/bin/node`
  console.log(`${name}: ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`)
  const { status } = spawnSync(node, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...paths], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
