// Checks the import rules of .dependency-cruiser.cjs, and that the checker saw the source at all: with a
// TypeScript it cannot drive it reports no violations over no modules.
import { spawnSync } from 'node:child_process'

const fewestModules = 50

const { stdout, stderr } = spawnSync(
  process.execPath,
  ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--output-type', 'json'],
  { encoding: 'utf8', maxBuffer: 1 << 30 },
)
if (!stdout) {
  console.error(stderr)
  process.exit(1)
}

const { modules, summary } = JSON.parse(stdout)
const ours = modules.filter(({ source }) => source.startsWith('src/'))

for (const { rule, from, to, cycle = [] } of summary.violations) {
  const way = cycle.length > 0 ? cycle.map(({ name }) => name).join(' → ') : to
  console.error(`${rule.severity} ${rule.name}: ${from} → ${way}`)
}
console.log(`${ours.length} modules, ${summary.violations.length} violations`)
if (ours.length <= fewestModules) {
  console.error(`expected more than ${fewestModules} modules under src: is the checker reading TypeScript?`)
  process.exit(1)
}
if (summary.violations.length > 0) process.exit(1)
