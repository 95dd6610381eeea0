import { setTimeout as pause } from 'node:timers/promises'
import type { Milliseconds } from '../../core/time/instant.js'
import { asStorageError, PostgresFailure } from './postgres-failure.js'

/** Lets no failure of the database out but as a `StorageError`. */
export const failing = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work()
  } catch (error) {
    throw asStorageError(error)
  }
}

/** Again while the server undoes it because of others: a serialization failure or a deadlock. */
export const repeatedly = async <Value>(until: Milliseconds, work: () => Promise<Value>): Promise<Value> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const isUndone = error instanceof PostgresFailure && error.trouble === 'again'
      if (!isUndone || performance.now() >= until) throw error
      await pause(Math.random() * Math.min(50, 2 ** attempt))
    }
  }
}
