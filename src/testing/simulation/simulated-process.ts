import type { OrderManagement } from '../../app/order-management.js'
import type { SettingsInput } from '../../app/settings.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Ids } from '../../core/ports/ids.js'
import type { Notifier } from '../../core/ports/notifier.js'
import type { Policy } from '../../core/ports/policy.js'
import type { StatementReader } from '../../core/ports/statement-reader.js'
import type { Storage } from '../../core/ports/storage.js'
import type { TaxSource } from '../../core/ports/tax-source.js'
import type { createOrderManagement } from '../../create-order-management.js'
import type { LivingProcess } from './simulated-time.js'

/** One process of the host with the engine in it. It has a memory of its own, and loses it. */
export interface SimulatedProcess extends LivingProcess {
  readonly oms: OrderManagement
  /** Ends it at once: what it was waiting for is never heard of again, and whoever waits for it learns that it died. */
  die(): void
  /** Rejects with `ProcessDied` when the process dies before it has answered. */
  ask<Value>(question: (oms: OrderManagement) => Promise<Value>): Promise<Value>
}

export class ProcessDied extends Error {
  readonly code = 'process_died'
}

export interface ProcessPorts {
  readonly storage: Storage
  readonly notifier: Notifier
  readonly clock: Clock
  readonly ids: Ids
  readonly policy: Policy
  readonly settings: SettingsInput
  readonly statementReaders: Readonly<Record<string, StatementReader>>
  readonly taxSource?: TaxSource
}

/** What a host calls to get the engine, of this version or another. */
export type Engine = typeof createOrderManagement

export const startProcess = (
  name: string,
  engine: Engine,
  portsOf: (process: LivingProcess & { die(): void }) => ProcessPorts,
): SimulatedProcess => {
  let alive = true
  const mourners = new Set<(error: ProcessDied) => void>()
  const life = {
    name,
    alive: () => alive,
    die: () => {
      alive = false
      for (const mourn of mourners) mourn(new ProcessDied(`${name} has died`))
      mourners.clear()
    },
  }
  const { notifier, ...ports } = portsOf(life)
  const oms = engine({ ...ports, notifiers: { email: notifier } })
  return {
    ...life,
    oms,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (!alive) {
          reject(new ProcessDied(`${name} is dead`))
          return
        }
        mourners.add(reject)
        const forget = (): void => void mourners.delete(reject)
        question(oms).then(
          (value) => {
            forget()
            resolve(value)
          },
          (error: unknown) => {
            forget()
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
            reject(error)
          },
        )
      }),
  }
}
