import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import tsconfig from '../../tsconfig.json' with { type: 'json' }
import tsupConfig from '../../tsup.config.js'

type Conditions = { readonly types: string; readonly default: string }
type EntryPoint = { readonly import: Conditions; readonly require: Conditions }

const { './package.json': manifestPath, ...published } = manifest.exports
const entryPoints = Object.entries<EntryPoint>(published)
const subpaths = entryPoints.map(([subpath]) => subpath)
const bundled = (tsupConfig as { readonly entry: Readonly<Record<string, string>> }).entry
const bundleOf = (subpath: string): string => (subpath === '.' ? 'index' : subpath.slice('./'.length))

describe('package.json', () => {
  it('publishes exactly the decided subpaths', () => {
    expect(subpaths).toEqual([
      '.',
      './sqlite',
      './postgres',
      './testing',
      './arbitraries',
      './machines',
      './csv',
      './documents',
      './pdf',
      './sourcing',
      './revenue',
      './webhook',
    ])
    expect(manifestPath).toBe('./package.json')
  })

  it.each(entryPoints)('gives %s types of its own for import and for require', (subpath, entry) => {
    const file = `./dist/${bundleOf(subpath)}`
    expect(entry).toEqual({
      import: { types: `${file}.d.ts`, default: `${file}.js` },
      require: { types: `${file}.d.cts`, default: `${file}.cjs` },
    })
  })

  it('names types before the code in every condition, because the first match wins', () => {
    for (const [, entry] of entryPoints) {
      for (const conditions of Object.values(entry)) expect(Object.keys(conditions)[0]).toBe('types')
    }
  })

  it('builds each published subpath and nothing else', () => {
    expect(Object.keys(bundled).sort()).toEqual(subpaths.map(bundleOf).sort())
  })

  it('resolves each published name to the source that is bundled for it', () => {
    const sources = subpaths.map((subpath) => [
      `${manifest.name}${subpath.slice(1)}`,
      [`./${bundled[bundleOf(subpath)]}`],
    ])
    expect(tsconfig.compilerOptions.paths).toEqual(Object.fromEntries(sources))
  })

  it('depends on the decided packages only', () => {
    expect(Object.keys(manifest.dependencies)).toEqual([
      '@date-fns/tz',
      '@date-fns/utc',
      'date-fns',
      'decimal.js',
      'ipaddr.js',
      'xstate',
      'zod',
    ])
  })

  it('makes every peer optional', () => {
    const peers = Object.keys(manifest.peerDependencies)
    expect(peers).toEqual([
      'better-sqlite3',
      'bwip-js',
      'csv-parse',
      'dejavu-fonts-ttf',
      'fast-check',
      'fast-xml-parser',
      'libsql',
      'pdfkit',
      'pg',
    ])
    expect(manifest.peerDependenciesMeta).toEqual(
      Object.fromEntries(peers.map((peer) => [peer, { optional: true }])),
    )
  })

  it('pins every package it installs to one version', () => {
    const versions = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.overrides,
    })
    for (const [name, version] of versions)
      expect(`${name} ${version}`).toMatch(/^\S+ \d+\.\d+\.\d+(-beta\.\d+)?$/)
  })

  it('runs without side effects, under the MIT license, on Node 20.19 and later', () => {
    expect(manifest.sideEffects).toBe(false)
    expect(manifest.license).toBe('MIT')
    expect(readFileSync('LICENSE', 'utf8')).toMatch(
      /^MIT License\n\nCopyright \(c\) 2026 orderwright contributors\n/,
    )
    expect(manifest.engines.node).toBe('>=20.19')
  })
})
