import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { bundled } from '../../scripts/run-bundled.mjs'
import * as door from 'orderwright'
import manifest from '../../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the public door', () => {
  it('has exactly these names at run time', () => {
    expect(Object.keys(door).sort()).toEqual([
      'CommandFailed',
      'ConfigurationError',
      'ContextRequired',
      'InvariantViolation',
      'StorageError',
      'UnreadableFile',
      'createOrderManagement',
      'defaultLimits',
      'denyAll',
      'largestPage',
      'memoryStorage',
      'roleTable',
      'systemClock',
      'systemIds',
      'topics',
      'trustHost',
    ])
  })

  it('loads its dependencies and Node itself, no driver, no parser and no test tool', async () => {
    const { metafile } = await build({
      entryPoints: [`${root}src/index.ts`],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent',
    })
    const [output] = Object.values(metafile.outputs)
    const packages = new Set(
      output?.imports.map(({ path }) => path.replace(/^(@[^/]+\/[^/]+|[^@/]+)(?:\/.*)?$/, '$1')),
    )
    const allowed = Object.keys(manifest.dependencies)
    const others = [...packages].filter((name) => !allowed.includes(name) && !name.startsWith('node:'))
    expect(others).toEqual([])
    expect(packages).toContain('zod')
  })

  it('does no work when it is imported: no timer, no clock, no chance, no output, nothing left open', async () => {
    // A loader of TypeScript would do work of its own.
    const built = await bundled('src/index.ts', { name: 'door' })
    const program = `
      const calls = []
      const watch = (owner, name) => {
        const real = owner[name]
        owner[name] = (...rest) => { calls.push(name); return real.apply(owner, rest) }
      }
      for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch']) watch(globalThis, name)
      for (const name of ['log', 'warn', 'error', 'info']) watch(console, name)
      watch(Math, 'random')
      // What the dependencies do is theirs.
      for (const name of ['xstate', 'zod', 'decimal.js']) await import(name)
      const before = Object.keys(globalThis)
      calls.length = 0
      const oms = await import(${JSON.stringify(`${root}${built}`)})
      const added = Object.keys(globalThis).filter((name) => !before.includes(name))
      const left = process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|TCP|Socket/.test(name))
      process.stdout.write(JSON.stringify({ calls, added, left, names: Object.keys(oms).length }))
    `
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(JSON.parse(output)).toEqual({ calls: [], added: [], left: [], names: Object.keys(door).length })
  })

  it('F193 can be set up without anything running', () => {
    const oms = door.createOrderManagement({ storage: door.memoryStorage(), policy: door.trustHost })
    expect(Object.keys(oms).sort()).toEqual(['as', 'relay', 'releaseParked', 'start', 'sweep'])
  })
})
