import { z } from 'zod'
import { wordSchema } from '../ids/id-schema.js'
import { present } from '../invariant.js'
import { nonNegativeMoneySchema, percentSchema } from '../money/money-schema.js'
import { taxTreatmentSchema } from '../tax/tax-schema.js'
import { lineSchema } from '../text/text-schema.js'
import type { AgreedAdjustment } from './calculation.js'

const shape = {
  kind: z.enum(['discount', 'charge']),
  /** A decimal text in percent, 0 to 100, of the line's price times quantity, or of the sum of the lines. */
  percent: percentSchema.optional(),
  /** As prices are: without tax, or with it where prices contain it. */
  amount: nonNegativeMoneySchema.optional(),
  /** As it stands on documents. */
  reason: lineSchema(200),
} as const

type Written = z.output<z.ZodObject<typeof shape>>

const isOne = ({ percent, amount }: Written): boolean => (percent === undefined) !== (amount === undefined)
const notOne = { message: 'adjustment.one', path: ['amount'] }

const agreed = ({ kind, percent, amount, reason }: Written): AgreedAdjustment => {
  if (percent !== undefined) return { kind, reason, percent }
  return { kind, reason, amount: present(amount, 'what has no percentage has an amount') }
}

/** A discount or charge on one line: either a percentage or an amount (`adjustment.one`). */
export const lineAdjustmentsSchema = z
  .array(z.strictObject(shape).refine(isOne, notOne).transform(agreed))
  .max(20, 'adjustments.max')

/**
 * Discounts and charges on a document. One with a `tax` or `taxClass` of its own, such as freight, is taxed by that; the others are spread over the
 * lines and taxed as they are.
 */
export const documentAdjustmentsSchema = z
  .array(
    z
      .strictObject({
        ...shape,
        taxClass: wordSchema.optional(),
        tax: taxTreatmentSchema.optional(),
        /** Names a charge as what the delivery costs, so that promotions can waive it. */
        purpose: z.enum(['shipping']).optional(),
      })
      .refine(isOne, notOne)
      .refine(({ tax, taxClass }) => tax === undefined || taxClass === undefined, {
        message: 'tax.one',
        path: ['tax'],
      })
      .transform(({ tax, taxClass, purpose, ...written }) => ({
        ...agreed(written),
        ...(taxClass !== undefined && { taxClass }),
        ...(tax !== undefined && { tax }),
        ...(purpose !== undefined && { purpose }),
      })),
  )
  .max(20, 'adjustments.max')
