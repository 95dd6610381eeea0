import { StorageError } from '../core/ports/errors.js'
import type { Storage } from '../core/ports/storage.js'
import { passThrough } from './pass-through.js'

/** What becomes of an update whose answer is lost: it was committed all the same, or it never was. */
export type LostAnswer = 'committed' | 'not committed'

/**
 * A store whose connection breaks while it commits: the next updates do what `answers` says, one each, and reject with `outcome_unknown`.
 * When the list is used up it works as the store does that it stands before.
 *
 * @example
 * const storage = unsureStorage(memoryStorage(), ['committed'])
 * // The first order is placed, the caller learns it only by repeating under the same idempotency key.
 */
export const unsureStorage = (storage: Storage, answers: readonly LostAnswer[]): Storage => {
  const left = [...answers]
  return {
    ...passThrough(storage),
    update: async (tenant, keys, decide) => {
      const answer = left.shift()
      if (answer === undefined || answer === 'committed') await storage.update(tenant, keys, decide)
      if (answer !== undefined)
        throw new StorageError('outcome_unknown', 'the connection broke during the commit')
    },
  }
}
