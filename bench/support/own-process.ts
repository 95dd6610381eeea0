import { fork } from 'node:child_process'
import { once } from 'node:events'

export type Side = 'ours' | 'limit'

/** What one round did, and how long it took. */
export interface Round {
  readonly operations: number
  readonly milliseconds: number
}

const variable = 'ORDERWRIGHT_BENCH_SIDE'

/** The side this process was started for; nothing in the process that compares. */
export const sideToServe = (): Side | undefined => {
  const side = process.env[variable]
  return side === 'ours' || side === 'limit' ? side : undefined
}

/**
 * One side of a comparison in a process of its own, so that neither the heap nor the garbage of the other disturbs it: the limit keeps all rows it will
 * write in memory, and next to them every collection of the engine's garbage takes longer than it would in an application.
 */
export const ownProcess = (figure: string, side: Side) => {
  const child = fork(process.argv[1] ?? '', [figure], { env: { ...process.env, [variable]: side } })
  const answer = async (): Promise<unknown> => {
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the process of ${side} in ${figure} ended`)
    })
    const [message] = (await Promise.race([once(child, 'message'), ended])) as readonly unknown[]
    return message
  }
  const ready = answer()
  return {
    /** When it has prepared its rounds. */
    ready,
    round: async (): Promise<Round> => {
      await ready
      child.send('round')
      return (await answer()) as Round
    },
    end: async (): Promise<void> => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

/** Plays rounds for the process that compares, until it needs no more. */
export const serveRounds = async (round: () => Round | Promise<Round>): Promise<void> => {
  process.on('message', () => {
    void Promise.resolve(round()).then((done) => process.send?.(done))
  })
  process.send?.('ready')
  await once(process, 'disconnect')
}
