import type { Notification, Notifier } from '../core/ports/notifier.js'

/** A channel that sends nothing and remembers what it was asked to deliver. */
export interface RecordingNotifier extends Notifier {
  /** What was delivered, in order. */
  readonly delivered: readonly Notification[]
  /** What was tried, deliveries that failed included. */
  readonly attempted: readonly Notification[]
  /** Makes the next `times` deliveries fail, with an error of the host's choice: `permanent: true` parks the message. */
  failNext(times: number, error?: Error): void
}

export const recordingNotifier = (): RecordingNotifier => {
  const delivered: Notification[] = []
  const attempted: Notification[] = []
  let failures: readonly Error[] = []
  return {
    delivered,
    attempted,
    failNext: (times, error = new Error('the channel is down')) => {
      failures = [...failures, ...Array.from({ length: times }, () => error)]
    },
    deliver: async (notification) => {
      attempted.push(notification)
      const [failure, ...rest] = failures
      failures = rest
      if (failure !== undefined) throw failure
      delivered.push(notification)
    },
  }
}
