import type { Delivery } from '../core/ports/storage.js'

/** Settles each result at once, and together those that arrive while the store is busy: one slow delivery never keeps the others unsettled. */
export interface Settler {
  /** Resolves when the store has it; rejects as the store did. */
  settle(result: Delivery): Promise<void>
}

interface Waiting {
  readonly result: Delivery
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export const createSettler = (settleAll: (results: readonly Delivery[]) => Promise<void>): Settler => {
  let waiting: Waiting[] = []
  let running = false

  const pump = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await settleAll(batch.map(({ result }) => result))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running = false
  }

  return {
    settle: (result) =>
      new Promise((resolve, reject) => {
        waiting.push({ result, resolve, reject })
        if (running) return
        running = true
        void pump()
      }),
  }
}
