// Checks that package-lock.json can be installed anywhere: every optional platform package is in it, every
// package carries its integrity hash, and no package is tied to one registry.
import { readFileSync } from 'node:fs'

const lockFile = process.argv[2] ?? 'package-lock.json'
const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'))

const problems = Object.entries(packages).flatMap(([path, entry]) =>
  path === ''
    ? []
    : [
        ...missingFrom(path, entry.optionalDependencies).map(
          (name) => `${path}: optional ${name} is missing`,
        ),
        ...missingFrom(path, entry.dependencies).map((name) => `${path}: ${name} is missing`),
        ...(entry.integrity || entry.link || entry.inBundle ? [] : [`${path}: no integrity hash`]),
        ...(entry.resolved ? [`${path}: tied to ${entry.resolved}`] : []),
      ],
)

for (const problem of problems) console.error(problem)
console.log(`${Object.keys(packages).length - 1} packages, ${problems.length} problems`)
if (problems.length > 0) process.exit(1)

function missingFrom(path, dependencies = {}) {
  return Object.keys(dependencies).filter(
    (name) => !folders(path).some((folder) => `${folder}${name}` in packages),
  )
}

/** Where Node looks for a package imported at `path`, innermost first. */
function folders(path) {
  const parts = path.split('/node_modules/')
  const inner = parts.map((_, depth) => `${parts.slice(0, depth + 1).join('/node_modules/')}/node_modules/`)
  return [...inner.reverse(), 'node_modules/']
}
