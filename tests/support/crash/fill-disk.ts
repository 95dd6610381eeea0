import { setTimeout as pause } from 'node:timers/promises'
import { judge } from './judge.js'
import { startServer } from '../postgres/server-process.js'
import { nothingYet, together, type CrashReport, type CrashStore, type Rounds } from './kill-writers.js'
import type { SmallDisk } from './small-disk.js'
import { startWriter } from './start-writer.js'

export interface FullDisk extends Omit<Rounds, 'longest'> {
  readonly disk: SmallDisk
  /** Called when there is room again: a server that has given up is started. */
  readonly repair?: () => Promise<void>
}

/** How often each code came back while the disk was full. */
export interface FullDiskReport extends CrashReport {
  readonly troubles: ReadonlyMap<string, number>
}

/** Fills the disk under a writer until it is told so, gives the room back, and lets it go on before it is judged. */
export const fillDisk = async ({
  program,
  store,
  disk,
  kills,
  chance,
  heard,
  repair,
}: FullDisk): Promise<FullDiskReport> => {
  const troubles = new Map<string, number>()
  let report: FullDiskReport = { ...nothingYet, troubles }
  for (let time = 1; time <= kills; time += 1) {
    const tenant = `full-${time}`
    const writer = startWriter(program, ...store.writer)
    const told = (): number => writer.journal.troubles.get('storage_unavailable') ?? 0
    writer.go(tenant)
    await writer.journal.acknowledged(8)
    await pause(chance.below(100))
    disk.fill()
    for (const until = performance.now() + 20_000; told() < 3;) {
      if (performance.now() > until) throw new Error('the writer was never told that the disk is full')
      await pause(20)
    }
    disk.free()
    await repair?.()
    const goesOn = writer.journal.acknowledged(20).then(() => true)
    if (!(await Promise.race([goesOn, pause(60_000, false, { ref: false })])))
      throw new Error('there is room again, and the writer does not go on')
    await writer.stop()
    for (const [code, often] of writer.journal.troubles) troubles.set(code, (troubles.get(code) ?? 0) + often)
    const opened = await store.open()
    report = { ...together(report, await judge(opened.storage, tenant, writer.journal)), troubles }
    await opened.close()
    heard?.(report)
  }
  return report
}

/** The same with the whole server on the disk, which gives up when it cannot write its log. */
export const fillServerDisk = async ({
  storeAt,
  ...rest
}: Omit<FullDisk, 'store' | 'repair'> & {
  readonly storeAt: (url: string) => CrashStore
}): Promise<FullDiskReport> => {
  const server = await startServer({ fsync: true, inside: rest.disk.folder, walSegment: 1 })
  try {
    return await fillDisk({
      ...rest,
      store: storeAt(server.url),
      repair: async () => {
        await server.kill()
        await server.start()
      },
    })
  } finally {
    await server.stop()
  }
}
