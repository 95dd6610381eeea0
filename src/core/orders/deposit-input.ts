import { z } from 'zod'
import { percentSchema, positiveMoneySchema } from '../money/money-schema.js'
import { lineSchema } from '../text/text-schema.js'

/** How much is claimed in advance: a share of what the order comes to, in percent with tax, or an amount with tax. */
export const wantedDepositSchema = z.union([
  z.strictObject({ percent: percentSchema }),
  z.strictObject({ amount: positiveMoneySchema }),
])

export type WantedDeposit = z.output<typeof wantedDepositSchema>

/** What the lines of a deposit invoice say; `Deposit` when left out. */
export const depositNameSchema = lineSchema(200).optional()

const agreedDepositSchema = z.union([
  z.strictObject({
    percent: percentSchema.refine((percent) => percent !== '0', 'percent.range'),
    name: depositNameSchema,
  }),
  z.strictObject({ amount: positiveMoneySchema, name: depositNameSchema }),
])

/** The facts with which a deposit may be claimed. */
export const depositOnSchema = z.strictObject({
  /** With the placement, of an order or of its draft. */
  order: agreedDepositSchema.optional(),
  /** With the confirmation. */
  confirmation: agreedDepositSchema.optional(),
})

/** The deposits agreed with an order, by the fact in whose commit each is claimed. */
export type DepositsAgreed = z.output<typeof depositOnSchema>

export type DepositFact = keyof DepositsAgreed
