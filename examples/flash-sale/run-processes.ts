import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AnswerOfBuyer } from './answer-of-buyer.js'

export interface ProcessRun {
  readonly name: string
  readonly answers: readonly AnswerOfBuyer[]
}

type Report = { readonly ready: true } | { readonly answers: readonly AnswerOfBuyer[] }

/** Starts the processes, opens the doors for all of them at the same moment, and collects what their buyers were told. */
export const runProcesses = async (
  file: string,
  buyers: number,
  processes: number,
): Promise<readonly ProcessRun[]> => {
  const program = fileURLToPath(new URL('buyers.ts', import.meta.url))
  const started = Array.from({ length: processes }, (_, index) => {
    const first = Math.floor((index * buyers) / processes)
    const count = Math.floor(((index + 1) * buyers) / processes) - first
    return start(program, [file, String(first), String(count)], `process ${index + 1}`)
  })
  await Promise.all(started.map(({ ready }) => ready))
  for (const { open } of started) open()
  return Promise.all(started.map(({ done }) => done))
}

const start = (program: string, words: readonly string[], name: string) => {
  const child = fork(program, words, { execArgv: process.execArgv, serialization: 'advanced' })
  let answers: readonly AnswerOfBuyer[] | undefined
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (report: Report) => {
      if ('ready' in report) resolve()
      else answers = report.answers
    })
    child.once('exit', () => reject(new Error(`${name} ended before the doors opened`)))
  })
  const done = new Promise<ProcessRun>((resolve, reject) => {
    child.once('exit', (code) => {
      if (answers === undefined) reject(new Error(`${name} ended with ${code} and told nothing`))
      else resolve({ name, answers })
    })
  })
  // Whoever waits for `ready` hears of an early end there; nobody waits for `done` yet.
  done.catch(() => undefined)
  return { ready, done, open: () => child.send('open') }
}
