import { z } from 'zod'
import { wordSchema } from '../ids/id-schema.js'
import { localDateSchema } from '../time/time-schema.js'
import type { Audience } from './audience.js'

const namesSchema = z.array(wordSchema).min(1, 'names.min').max(50, 'names.max')

/** Of whom and when something is asked or given. What is left out holds for everybody and at any time. */
export const audienceShape = {
  /** The classes of customers that it is for, as `parties.classify` gives them. */
  customerClasses: namesSchema.optional(),
  channels: namesSchema.optional(),
  /** The first day on which it holds, compared with the day of the order. */
  validFrom: localDateSchema.optional(),
  /** The last day on which it holds. */
  validUntil: localDateSchema.optional(),
} as const

type Written = z.output<z.ZodObject<typeof audienceShape>>

/** `range.order` where the last day lies before the first. */
export const isInOrder = ({ validFrom, validUntil }: Written): boolean =>
  validFrom === undefined || validUntil === undefined || validFrom <= validUntil

export const outOfOrder = { message: 'range.order', path: ['validUntil'] }

export const audienceOf = ({ customerClasses, channels, validFrom, validUntil }: Written): Audience => ({
  ...(customerClasses !== undefined && { customerClasses }),
  ...(channels !== undefined && { channels }),
  ...(validFrom !== undefined && { validFrom }),
  ...(validUntil !== undefined && { validUntil }),
})
