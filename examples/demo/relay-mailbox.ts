import type { OrderManagement } from 'orderwright'

export interface MessageCounts {
  readonly delivered: number
  readonly parked: number
}

/** How long messages belong to a relay. Short: after an interrupted run nobody wants to wait a minute for those it had claimed. */
export const lease = 10_000

/** Delivers everything that waits in the outbox; answers the counts so far and these. */
export const relayMailbox = async (oms: OrderManagement, soFar: MessageCounts): Promise<MessageCounts> => {
  let { delivered, parked } = soFar
  for (;;) {
    const report = await oms.relay({ limit: 1_000, lease })
    delivered += report.delivered
    parked += report.parked
    if (report.claimed === 0) return { delivered, parked }
  }
}
