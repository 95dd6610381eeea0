import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'vitest/config'

const source = resolve('src')
const compiled = resolve('node_modules/.cache/compiled')

/**
 * Has Node itself load `src`, compiled file by file before the first test. Where the test runner loads a module, each call of what it imports
 * goes through a getter, and properties take a fifth longer. Mocks of modules do not reach what Node loads.
 */
export async function compiledSource(): Promise<Plugin> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  mkdirSync(compiled, { recursive: true })
  writeFileSync(join(compiled, 'package.json'), '{"type":"module"}')
  await build({
    entryPoints: files.map((name) => join(source, name)),
    outdir: compiled,
    outbase: source,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'error',
  })
  return {
    name: 'compiled-source',
    enforce: 'pre',
    async resolveId(name, importer, options) {
      const found = await this.resolve(name, importer, { ...options, skipSelf: true })
      if (!found?.id.startsWith(`${source}/`)) return found
      const file = relative(source, found.id).replace(/\.ts$/, '.js')
      return { id: join(compiled, file), external: true }
    },
  }
}
