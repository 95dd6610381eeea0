import { z } from 'zod'
import { compareDecimal } from '../money/decimal-string.js'
import { taxPercentSchema } from '../money/money-schema.js'
import { sumOfPercents } from '../money/percent.js'
import type { AgreedWithholding } from '../parties/agreed-withholding.js'
import { lineSchema } from '../text/text-schema.js'

const withholdingSchema = z.strictObject({
  name: lineSchema(50),
  /** Above 0 and at most 100, as a decimal text in percent. */
  percent: taxPercentSchema.refine((percent) => percent !== '0', 'percent.range'),
  /** A share of the total without tax, or of the tax. */
  on: z.enum(['net', 'tax']),
})

/** Taxes that the buyer withholds, each by a name of its own. No more than there is can be withheld: refused as `withholding.sum`. */
export const withholdingsSchema = z
  .array(withholdingSchema)
  .max(8, 'withholding.max')
  .refine(
    (withholdings) => new Set(withholdings.map(({ name }) => name)).size === withholdings.length,
    'withholding.duplicate',
  )
  .refine(
    (withholdings) => (['net', 'tax'] as const).every((on) => isWithinWhole(withholdings, on)),
    'withholding.sum',
  )

const isWithinWhole = (withholdings: readonly AgreedWithholding[], on: AgreedWithholding['on']): boolean =>
  compareDecimal(
    sumOfPercents(withholdings.filter((one) => one.on === on).map(({ percent }) => percent)),
    '100',
  ) <= 0
