import type { Notification, Notifier } from '../../core/ports/notifier.js'
import type { FaultPlan } from './fault-plan.js'
import type { Scheduler } from './scheduler.js'
import { never } from './simulated-storage.js'
import type { LivingProcess } from './simulated-time.js'
import { detail, type Tell } from './tell.js'

/** What reached the outside world, whoever sent it. */
export interface Mailbox {
  readonly delivered: Pick<Notification, 'id' | 'topic'>[]
  /** Ids of messages that the outside refused for good. */
  readonly refused: Set<string>
}

export const createMailbox = (delivered: readonly Mailbox['delivered'][number][]): Mailbox => ({
  delivered: [...delivered],
  refused: new Set(),
})

/** One process's channel to the outside. */
export const simulatedNotifier = (
  process: LivingProcess & { die(): void },
  scheduler: Scheduler,
  faults: FaultPlan,
  mailbox: Mailbox,
  tell: Tell,
): Notifier => {
  const stop = async (place: string): Promise<void> => {
    await scheduler.point(`${process.name} ${place}`, place)
    if (!process.alive()) await never()
  }
  return {
    deliver: async (notification) => {
      await stop('delivery arrives')
      switch (faults.strike('delivery arrives')) {
        case 'delivery_fails':
          throw new Error('503')
        case 'delivery_is_refused':
          mailbox.refused.add(notification.id)
          throw Object.assign(new Error('410'), { permanent: true })
        case 'delivery_hangs':
          return never()
        default:
      }
      mailbox.delivered.push(notification)
      tell(() => detail(`${process.name} has sent ${notification.topic} ${notification.id}`))
      if (faults.strike('delivery is acknowledged') === 'crash_after_delivery') {
        process.die()
        return never()
      }
      await stop('delivery is acknowledged')
    },
  }
}
