import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import tsconfig from '../../tsconfig.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../', import.meta.url))
const published = Object.fromEntries(
  Object.entries(tsconfig.compilerOptions.paths).map(([name, [source = '']]) => [name, `${root}${source}`]),
)
const bundles = new Map<string, Promise<string>>()

/** Runs a program in a process of its own. */
export const startChild = async (program: URL, ...given: readonly string[]): Promise<ChildProcess> =>
  fork(await bundleOf(program), given, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })

/** The file of a program to be run: bundled once, since a TypeScript runner starts several times as slowly. Others may stand in for modules, by their names. */
export const bundleOf = (program: URL, standIns?: Readonly<Record<string, string>>): Promise<string> => {
  const key = JSON.stringify([program.href, standIns])
  const bundle = bundles.get(key) ?? bundled(program, bundles.size, standIns)
  bundles.set(key, bundle)
  return bundle
}

const bundled = async (
  program: URL,
  place: number,
  standIns: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const outfile = `${root}node_modules/.cache/orderwright-children/${process.pid}/${basename(program.pathname, '.ts')}-${place}.mjs`
  await build({
    entryPoints: [fileURLToPath(program)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { ...published, ...standIns },
    logLevel: 'error',
  })
  return outfile
}

/** How it ended, and what it complained of. */
export const endOf = async (
  child: ChildProcess,
): Promise<{ readonly code: unknown; readonly complaint: string }> => {
  let complaint = ''
  child.stderr?.on('data', (text) => (complaint += String(text)))
  const [code] = (await once(child, 'exit')) as readonly unknown[]
  return { code, complaint }
}
