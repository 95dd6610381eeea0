import type { Clock } from '../core/ports/clock.js'
import { StorageError } from '../core/ports/errors.js'
import type { Milliseconds } from '../core/time/instant.js'

/** Waits no longer than `span`, whatever the other side does: rejects with `deadline_exceeded` then and takes no notice of a later answer (LV3). */
export const withinDeadline = <Value>(
  clock: Pick<Clock, 'after'>,
  span: Milliseconds,
  work: () => Promise<Value>,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(span, () => {
      reject(new StorageError('deadline_exceeded', `there was no answer within ${span} ms`))
    })
    work().then(
      (value) => {
        cancel()
        resolve(value)
      },
      (error: unknown) => {
        cancel()
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
        reject(error)
      },
    )
  })
