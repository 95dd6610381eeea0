import { z } from 'zod'
import { referenceSchema } from '../ids/id-schema.js'
import { elementAt } from '../invariant.js'
import { moneySchema, nonNegativeMoneySchema, percentSchema } from '../money/money-schema.js'
import { compareDecimal } from '../money/decimal-string.js'
import { planDateSchema } from '../time/zone-schema.js'
import { earlierOf, laterOf, plusMonths, type LocalDate } from '../time/local-date.js'
import type { Contract } from './contract.js'
import { daysOf, type Obligation } from './obligation.js'
import type { Billed } from './roll-forward.js'

const stepsSchema = z
  .array(z.strictObject({ on: planDateSchema, percent: percentSchema }))
  .min(1, 'steps.min')
  .max(1_000, 'steps.max')
  .refine(
    (steps) =>
      steps.every((step, index) => {
        const before = steps[index - 1]
        return (
          before === undefined || (before.on < step.on && compareDecimal(before.percent, step.percent) <= 0)
        )
      }),
    'steps.order',
  )

const recognitionSchema = z.discriminatedUnion('at', [
  z.strictObject({
    at: z.literal('point'),
    /** The day on which control passes; left out while nobody knows it. */
    on: planDateSchema.optional(),
  }),
  z
    .strictObject({
      at: z.literal('over_time'),
      from: planDateSchema,
      /** The day after the last one. */
      until: planDateSchema,
      /** Every day the same amount, or every month. */
      by: z.enum(['day', 'month']),
    })
    .refine(({ from, until }) => from < until, { path: ['until'], message: 'range.order' }),
  z.strictObject({ at: z.literal('progress'), steps: stepsSchema }),
])

const obligationsSchema = z
  .array(
    z.strictObject({
      id: referenceSchema,
      standAlonePrice: nonNegativeMoneySchema,
      recognition: recognitionSchema,
    }),
  )
  .max(200, 'obligations.max')
  .refine(
    (obligations) => new Set(obligations.map(({ id }) => id)).size === obligations.length,
    'obligations.duplicate',
  )

const billedSchema = z
  .array(z.strictObject({ on: planDateSchema, amount: moneySchema }))
  .max(10_000, 'billed.max')

const changesSchema = z
  .array(
    z.strictObject({
      on: planDateSchema,
      as: z.enum(['prospective', 'catch_up']),
      /** By how much the transaction price rises; below zero where it falls. */
      price: moneySchema,
      /** What remains (`prospective`), or all that is promised (`catch_up`). */
      obligations: obligationsSchema,
    }),
  )
  .max(100, 'changes.max')
  .refine(
    (changes) => changes.every(({ on }, index) => index === 0 || on > elementAt(changes, index - 1).on),
    'changes.order',
  )

/** A contract, how it changed, and what was billed of it. */
export const revenueSchema = z
  .strictObject({
    /** What the business expects to get for all of it, without tax (ASC 606-10-32-2, IFRS 15.47). */
    transactionPrice: nonNegativeMoneySchema,
    obligations: obligationsSchema.min(1, 'obligations.min'),
    /** Each on a later day than the one before. */
    changes: changesSchema.default([]),
    /** Invoices by their day; credit notes below zero. */
    billed: billedSchema.default([]),
  })
  .superRefine((contract, context) => {
    const { currency } = contract.transactionPrice
    const foreign = amountsOf(contract).find(({ amount }) => amount.currency !== currency)
    if (foreign !== undefined) {
      context.addIssue({ code: 'custom', message: 'currency.one', path: foreign.path })
    }
    const { first, last } = daysOfContract(contract)
    if (plusMonths(first, longestMonths) < last) {
      context.addIssue({ code: 'custom', message: 'range.months', path: [] })
    }
  })

/** A hundred years. */
const longestMonths = 1_200

type ReadContract = Contract & { readonly billed: readonly Billed[] }

/** The first and the last day about which the contract says anything. A contract that names no day has its beginning in 1970. */
export const daysOfContract = ({ obligations, changes, billed }: ReadContract) => {
  const days = [
    ...[...obligations, ...changes.flatMap((change) => change.obligations)].flatMap(({ recognition }) =>
      daysOf(recognition),
    ),
    ...changes.map(({ on }) => on),
    ...billed.map(({ on }) => on),
  ]
  let first = days[0] ?? ('1970-01-01' as LocalDate)
  let last = first
  for (const day of days) {
    first = earlierOf(first, day)
    last = laterOf(last, day)
  }
  return { first, last }
}

const amountsOf = ({ obligations, changes, billed }: ReadContract) => [
  ...pricesOf(obligations, []),
  ...changes.flatMap((change, index) => [
    { path: ['changes', index, 'price'], amount: change.price },
    ...pricesOf(change.obligations, ['changes', index]),
  ]),
  ...billed.map(({ amount }, index) => ({ path: ['billed', index, 'amount'], amount })),
]

const pricesOf = (obligations: readonly Obligation[], parents: readonly (string | number)[]) =>
  obligations.map(({ standAlonePrice }, index) => ({
    path: [...parents, 'obligations', index, 'standAlonePrice'],
    amount: standAlonePrice,
  }))
