export interface DeliveryFailure {
  /** A code or an error's name; never its message, which may quote an address. */
  readonly reason: string
  /** Trying again is pointless. */
  readonly permanent: boolean
}

const word = /^[A-Za-z0-9_.:-]{1,64}$/

/** What may be stored about an error of a notifier. */
export const deliveryFailureOf = (error: unknown): DeliveryFailure => {
  if (typeof error !== 'object' || error === null) return { reason: 'delivery_failed', permanent: false }
  const { code, name, permanent } = error as Readonly<Record<string, unknown>>
  const reason = [code, name].find((known): known is string => typeof known === 'string' && word.test(known))
  return { reason: reason ?? 'delivery_failed', permanent: permanent === true }
}
