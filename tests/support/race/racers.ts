import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Errand } from './race-process.js'
import type { Outcomes } from './race-scenario.js'

/** Somebody who makes attempts: a process of its own, or this one. */
export interface Racer {
  /** `killed` when it died before it had an answer. */
  run(errand: Errand): Promise<Outcomes | 'killed'>
  end(): Promise<void>
}

export const processRacer = async (child: ChildProcess): Promise<Racer> => {
  let complaint = ''
  child.stderr?.on('data', (text) => (complaint += String(text)))
  const ended = once(child, 'exit').then(([code, signal]) => {
    if (signal === 'SIGKILL') return 'killed' as const
    throw new Error(`a racer ended with ${String(code ?? signal)}: ${complaint}`)
  })
  // Whoever waits for an answer hears of it; nobody else has to.
  ended.catch(() => undefined)
  const answer = async (): Promise<unknown> =>
    Promise.race([once(child, 'message').then(([message]) => message as unknown), ended])
  await answer()
  return {
    run: async (errand) => {
      const answered = answer()
      child.send(errand)
      return (await answered) as Outcomes | 'killed'
    },
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}
