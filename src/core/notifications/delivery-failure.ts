import type { Milliseconds } from '../time/instant.js'

export interface DeliveryFailure {
  /** A code or an error's name; never its message, which may quote an address. */
  readonly reason: string
  /** Trying again is pointless. */
  readonly permanent: boolean
  /** How long the channel asks to be left alone; 0 where it asks nothing. */
  readonly retryAfter: Milliseconds
}

const word = /^[A-Za-z0-9_.:-]{1,64}$/

/** What may be stored about an error of a notifier. */
export const deliveryFailureOf = (error: unknown): DeliveryFailure => {
  if (typeof error !== 'object' || error === null)
    return { reason: 'delivery_failed', permanent: false, retryAfter: 0 }
  const { code, name, permanent, retryAfter } = error as Readonly<Record<string, unknown>>
  const reason = [code, name].find((known): known is string => typeof known === 'string' && word.test(known))
  return {
    reason: reason ?? 'delivery_failed',
    permanent: permanent === true,
    retryAfter: typeof retryAfter === 'number' && retryAfter > 0 ? retryAfter : 0,
  }
}
