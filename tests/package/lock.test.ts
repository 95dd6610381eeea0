import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'orderwright-lock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const check = (packages: Readonly<Record<string, unknown>>) => {
  const file = join(folder, 'package-lock.json')
  writeFileSync(file, JSON.stringify({ packages }))
  return spawnSync(process.execPath, ['scripts/check-lock.mjs', file], { encoding: 'utf8' })
}

const leaf = { version: '1.0.0', integrity: 'sha512-leaf' }

describe('package-lock.json', () => {
  it('holds every optional package, an integrity hash for each, and no registry', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['scripts/check-lock.mjs'], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^\d{3} packages, 0 problems\n$/)
    expect(status).toBe(0)
  })

  it('names no registry, and .npmrc keeps it so', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved"|registry/)
    const settings = readFileSync('.npmrc', 'utf8')
    expect(settings).toContain('omit-lockfile-registry-resolved=true')
    expect(settings).not.toMatch(/:\/\/|^\s*(@[^=]+:)?registry\s*=|_auth/m)
  })
})

describe('check-lock', () => {
  it('accepts a package found beside or above the one that needs it', () => {
    const { status, stdout } = check({
      '': {},
      'node_modules/a': { ...leaf, optionalDependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { ...leaf, dependencies: { c: '1' } },
      'node_modules/c': leaf,
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '3 packages, 0 problems\n' })
  })

  it('refuses a lock without a platform package', () => {
    const { status, stderr } = check({
      'node_modules/@scope/a': { ...leaf, optionalDependencies: { '@scope/a-linux-x64': '1' } },
    })
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'node_modules/@scope/a: optional @scope/a-linux-x64 is missing\n',
    })
  })

  it('refuses a package that only another package can see', () => {
    const { status, stderr } = check({
      'node_modules/a': { ...leaf, dependencies: { c: '1' } },
      'node_modules/b': leaf,
      'node_modules/b/node_modules/c': leaf,
    })
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'node_modules/a: c is missing\n' })
  })

  it('refuses a package without a hash and one tied to a registry', () => {
    const { status, stderr } = check({
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { ...leaf, resolved: 'https://registry.example/b.tgz' },
    })
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'node_modules/a: no integrity hash\nnode_modules/b: tied to https://registry.example/b.tgz\n',
    })
  })
})
