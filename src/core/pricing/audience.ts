import type { LocalDate } from '../time/local-date.js'

/** Who, where and when a price or a promotion is for. A condition left out holds for everybody and at any time. */
export interface Audience {
  readonly customerClasses?: readonly string[]
  readonly channels?: readonly string[]
  /** The first day on which it holds. */
  readonly validFrom?: LocalDate
  /** The last day on which it holds. */
  readonly validUntil?: LocalDate
}

/** Who buys, where and on which day. */
export interface Buyer {
  readonly channel: string
  readonly customerClass?: string
  readonly on: LocalDate
}

export type OutsideAudience = 'other_customer_class' | 'other_channel' | 'not_yet_valid' | 'no_longer_valid'

/** Why something is not for a buyer; nothing where it is. */
export const outsideAudience = (audience: Audience, buyer: Buyer): OutsideAudience | undefined => {
  const { customerClasses, channels, validFrom, validUntil } = audience
  if (!isFor(customerClasses, buyer.customerClass)) return 'other_customer_class'
  if (!isFor(channels, buyer.channel)) return 'other_channel'
  if (validFrom !== undefined && buyer.on < validFrom) return 'not_yet_valid'
  return validUntil !== undefined && buyer.on > validUntil ? 'no_longer_valid' : undefined
}

const isFor = (names: readonly string[] | undefined, name: string | undefined): boolean =>
  names === undefined || (name !== undefined && names.includes(name))
