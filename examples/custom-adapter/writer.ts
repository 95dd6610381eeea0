import type { RootDatabase } from 'lmdb'
import { StorageError } from 'orderwright'

/** Runs `work` in a transaction of its own while nobody else writes, in this process or another: all it writes is on the disk, or nothing is. */
export type Write = <Value>(work: () => Value) => Promise<Value>

/**
 * Begin, work and commit in one turn of the event loop. LMDB's asynchronous transactions would let others run meanwhile, but a commit that fails
 * leaves a promise behind that nobody can catch, and Node ends the process.
 */
export const writerTo =
  (root: RootDatabase): Write =>
  async (work) => {
    let stage: 'waiting' | 'working' | 'committing' = 'waiting'
    try {
      return root.transactionSync(() => {
        stage = 'working'
        const value = work()
        stage = 'committing'
        return value
      })
    } catch (error) {
      throw failureAt(stage, error)
    }
  }

/** What a decision threw stays the very same error; LMDB's own failures have a number for a code. */
const failureAt = (stage: 'waiting' | 'working' | 'committing', error: unknown): unknown => {
  if (stage === 'committing') return asStorageError('outcome_unknown', error)
  const isOurs = stage === 'working' && typeof (error as { readonly code?: unknown }).code !== 'number'
  return isOurs ? error : asStorageError('storage_unavailable', error)
}

const asStorageError = (code: StorageError['code'], error: unknown): StorageError =>
  new StorageError(code, error instanceof Error ? error.message : String(error), { cause: error })
