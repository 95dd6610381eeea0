// Checks what a host installs: the packed tarball, not the tree it was made from. Run `npm run build` first.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// What a host ships is compressed; both are held, so that neither grows unnoticed (docs/decisions/0019).
const mainEntryCeiling = { minified: 626 * 1024, compressed: 206 * 1024 }
const compilerOptions = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext']
const optionalPeersOf = {
  './csv': ['csv-parse'],
  './documents': ['fast-xml-parser'],
  './pdf': ['pdfkit', 'bwip-js', 'dejavu-fonts-ttf'],
  './arbitraries': ['fast-check'],
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json')
const work = mkdtempSync(join(tmpdir(), 'orderwright-package-'))
const host = join(work, 'host')
const installed = join(host, 'node_modules', manifest.name)

try {
  const tarball = pack()
  checkFiles()
  checkPublishedShape(tarball)
  checkImports()
  checkDeclarations()
  await checkSize()
} finally {
  rmSync(work, { recursive: true, force: true })
}

function pack() {
  assert(existsSync('dist/index.js'), 'dist is missing: run npm run build')
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', work])
  const [name] = readdirSync(work).filter((file) => file.endsWith('.tgz'))
  const tarball = join(work, name)
  mkdirSync(installed, { recursive: true })
  run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  for (const name of Object.keys(manifest.dependencies)) install(name)
  return tarball
}

function checkFiles() {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  )
  const root = files.filter((file) => file.parentPath === installed).map((file) => file.name)
  assert(
    root.includes('LICENSE') && root.includes('README.md'),
    'README.md and LICENSE belong into the package',
  )
  for (const file of files.filter(({ name }) => name.endsWith('.map'))) {
    const { sources } = JSON.parse(readFileSync(join(file.parentPath, file.name), 'utf8'))
    for (const source of sources) assert(source.startsWith('../'), `${file.name} names ${source}`)
  }
  console.log(`files: ${files.length}`)
}

function checkPublishedShape(tarball) {
  run(process.execPath, ['node_modules/publint/src/cli.js', 'run', tarball, '--strict'])
  run(process.execPath, [
    'node_modules/@arethetypeswrong/cli/dist/index.js',
    tarball,
    ...['--profile', 'node16', '--no-definitely-typed', '--no-emoji', '--no-color', '--format', 'ascii'],
  ])
  console.log('publint and attw: no problems')
}

/** First with the dependencies alone, so that no subpath needs an optional package without saying so. */
function checkImports() {
  const [plain, needy] = [
    subpaths.filter((subpath) => !(subpath in optionalPeersOf)),
    subpaths.filter((subpath) => subpath in optionalPeersOf),
  ]
  for (const subpath of plain) checkImport(subpath)
  for (const subpath of needy) {
    optionalPeersOf[subpath].forEach(install)
    checkImport(subpath)
  }
  console.log(`imported as ESM and CommonJS: ${subpaths.join(' ')}`)
}

function checkImport(subpath) {
  const specifier = JSON.stringify(manifest.name + subpath.slice(1))
  const show = 'console.log(Object.keys(entry).filter((name) => name !== "default").sort().join())'
  const esm = evaluate('module', `import * as entry from ${specifier}; ${show}`)
  const cjs = evaluate('commonjs', `const entry = require(${specifier}); ${show}`)
  assert(esm.length > 0, `${subpath} exports nothing`)
  assert.equal(cjs, esm, `${subpath} exports other names as CommonJS than as ESM`)
}

/** A host's compiler reads the declarations with the same few packages at hand, whatever our own tree offers. */
function checkDeclarations() {
  const lines = subpaths.map(
    (subpath, index) => `export * as entry${index} from '${manifest.name}${subpath.slice(1)}'`,
  )
  for (const file of ['host.mts', 'host.cts']) {
    writeFileSync(join(host, file), lines.join('\n'))
    run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...compilerOptions, file], host)
  }
  console.log('declarations compile for ESM and CommonJS hosts')
}

/** The main entry as a host's bundler sees it, without the packages it depends on. */
async function checkSize() {
  const { outputFiles } = await build({
    entryPoints: [join(installed, 'dist/index.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    write: false,
  })
  const { contents } = outputFiles[0]
  const sizes = { minified: contents.byteLength, compressed: gzipSync(contents).byteLength }
  for (const [name, ceiling] of Object.entries(mainEntryCeiling)) {
    console.log(`main entry without dependencies, ${name}: ${sizes[name]} of ${ceiling} bytes`)
    assert(sizes[name] <= ceiling, `the main entry outgrew its ceiling (${name})`)
  }
}

function install(name) {
  const target = join(host, 'node_modules', name)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(resolve('node_modules', name), target)
}

function evaluate(inputType, code) {
  return run(process.execPath, [`--input-type=${inputType}`, '--eval', code], host).trim()
}

function run(command, args, cwd = process.cwd()) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (failure) {
    throw new Error(`${command} ${args.join(' ')}\n${failure.stdout ?? ''}${failure.stderr ?? ''}`)
  }
}
