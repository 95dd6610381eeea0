import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { plantBug, type Edit } from '../../../scripts/plant-bug.mjs'
import { bundled } from '../../../scripts/run-bundled.mjs'
import { journalOf, type Journal } from './journal.js'

/** A bug to be found. */
export interface Planted extends Edit {
  readonly name: string
}

/** Bundles the writer, as the package itself is: it starts in a third of the time. */
export const bundleWriter = (planted?: Planted): Promise<string> => {
  const plugin = planted === undefined ? undefined : plantBug([planted])
  if (planted !== undefined && plugin === undefined) {
    throw new Error(`${planted.name} cannot be planted: its text does not stand exactly once`)
  }
  return bundled('tests/support/crash/writer.ts', {
    name: `crash-writer-${planted?.name ?? 'sound'}-${process.pid}`,
    plugins: plugin === undefined ? [] : [plugin],
  })
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
