import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock, storageConformance, type OpenStorage } from 'orderwright/testing'
import { openLmdbStorage, type LmdbStorage } from './open-lmdb-storage.js'

/** A new file for every case, two handles on it, and a clock that both share. */
export const openForKit: OpenStorage = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'orderwright-lmdb-'))
  const clock = fixedClock()
  const opened: LmdbStorage[] = []
  const connect = async (): Promise<LmdbStorage> => {
    const storage = await openLmdbStorage(join(folder, 'orders.lmdb'), { clock })
    opened.push(storage)
    return storage
  }
  const closeAll = async (): Promise<void> => {
    for (const storage of opened.splice(0)) await storage.close()
  }
  return {
    storage: await connect(),
    another: await connect(),
    clock,
    reopen: async () => {
      await closeAll()
      return connect()
    },
    disconnect: closeAll,
    close: async () => {
      await closeAll()
      await rm(folder, { recursive: true })
    },
  }
}

/** Runs every case and says which promises were broken, and what a business would have of it. */
export const runKit = async (open: OpenStorage = openForKit): Promise<readonly string[]> => {
  const broken: string[] = []
  for (const { name, why, run } of storageConformance) {
    try {
      await run(open)
    } catch (error) {
      broken.push(`${name}\n  ${why}\n  ${String(error)}`)
    }
  }
  return broken
}

/** Cases that pass without having asked, because this store does not bring what they need. */
export const unaskedCases = async (): Promise<readonly string[]> => {
  const opened = await openForKit()
  await opened.close?.()
  return storageConformance
    .filter(({ needs }) => needs.some((part) => opened[part] === undefined))
    .map(({ name }) => name)
}
