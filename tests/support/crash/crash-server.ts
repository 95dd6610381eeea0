import { setTimeout as pause } from 'node:timers/promises'
import { promote, startPair } from '../postgres/replicated-pair.js'
import type { ServerProcess } from '../postgres/server-process.js'
import { judge } from './judge.js'
import { nothingYet, together, type CrashReport, type CrashStore, type Rounds } from './kill-writers.js'
import { startWriter } from './start-writer.js'

/** The writer lives on, and has to make do with a server that is gone for a while, several times in a round. */
const strikeAtRandom = async (
  { program, store, kills, longest = 150, chance, rounds = 'round', heard }: Rounds,
  perRound: number,
  strike: (number: number) => Promise<void>,
): Promise<CrashReport> => {
  let report = nothingYet
  for (let struck = 0, round = 1; struck < kills; round += 1) {
    const tenant = `${rounds}-${round}`
    const writer = startWriter(program, ...store.writer)
    writer.go(tenant)
    const times = Math.min(perRound, kills - struck)
    for (let strikes = 1; strikes <= times; strikes += 1) {
      await writer.journal.acknowledged(8)
      await pause(chance.below(longest))
      await strike((struck += 1))
    }
    await writer.stop()
    const opened = await store.open()
    report = together(report, await judge(opened.storage, tenant, writer.journal), times)
    await opened.close()
    heard?.(report)
  }
  return report
}

/** Crash-stops the server again and again under a writer, and starts it again. */
export const crashServer = (rounds: Rounds, server: ServerProcess): Promise<CrashReport> =>
  strikeAtRandom(rounds, 5, () => server.crash())

export interface Failover extends Omit<Rounds, 'store'> {
  readonly storeAt: (url: string) => CrashStore
  /** Whether a commit waits for the standby. */
  readonly synchronous?: boolean
}

/** Kills the primary under a writer, promotes the standby, and judges what stands there. */
export const failOver = async ({
  program,
  storeAt,
  synchronous = true,
  kills,
  longest = 150,
  chance,
  heard,
}: Failover): Promise<CrashReport> => {
  let report = nothingYet
  for (let kill = 1; kill <= kills; kill += 1) {
    const tenant = `round-${kill}`
    const { primary, standby } = await startPair(synchronous)
    try {
      const writer = startWriter(program, ...storeAt(primary.url).writer)
      writer.go(tenant)
      await writer.journal.acknowledged(20)
      await pause(chance.below(longest))
      await primary.kill()
      await writer.kill()
      await promote(standby)
      const opened = await storeAt(standby.url).open()
      report = together(report, await judge(opened.storage, tenant, writer.journal))
      await opened.close()
      heard?.(report)
    } finally {
      await primary.stop()
      await standby.stop()
    }
  }
  return report
}
