import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { journalOf, type Journal } from './journal.js'

/** A text of the source and what stands in its place: a bug to be found. */
export interface Planted {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** Bundles the writer, as the package itself is: it starts in a third of the time. */
export const bundleWriter = async (planted?: Planted): Promise<string> => {
  const outfile = `node_modules/.cache/proof/crash-writer-${planted?.name ?? 'sound'}-${process.pid}.mjs`
  await build({
    entryPoints: ['tests/support/crash/writer.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins:
      planted === undefined
        ? []
        : [
            {
              name: 'planted bug',
              setup: (builder) => {
                const path = resolve(planted.file)
                builder.onLoad({ filter: /[.]ts$/ }, (loaded) =>
                  loaded.path === path ? { contents: withBug(planted), loader: 'ts' as const } : undefined,
                )
              },
            },
          ],
  })
  return outfile
}

const withBug = ({ name, file, find, replace }: Planted): string => {
  const parts = readFileSync(file, 'utf8').split(find)
  if (parts.length !== 2) throw new Error(`${name} cannot be planted: its text does not stand exactly once`)
  return parts.join(replace)
}

export interface Writer {
  readonly journal: Journal
  go(tenant: string): void
  kill(): Promise<void>
  /** Lets it finish what it is at. */
  stop(): Promise<void>
}

export const startWriter = (program: string, ...given: readonly string[]): Writer => {
  const child = spawn(process.execPath, [program, ...given], { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (text) => (complaint += String(text)))
  child.stdin.on('error', () => undefined)
  const journal = journalOf(child.stdout)
  const ended = once(child, 'exit')
  const end = async (): Promise<void> => {
    await ended
    await journal.ended
    if (complaint !== '') throw new Error(`the writer failed: ${complaint}`)
  }
  return {
    journal,
    go: (tenant) => child.stdin.write(`go ${tenant}\n`),
    kill: async () => {
      if (isAlive(child)) child.kill('SIGKILL')
      await end()
    },
    stop: async () => {
      child.stdin.write('stop\n')
      await end()
    },
  }
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null
