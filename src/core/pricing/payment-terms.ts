import { allocationPolicies, type AllocationPolicy } from '../money/allocate.js'
import { compareDecimal, parseDecimal } from '../money/decimal-string.js'

/** When something is due, counted from the day on which its invoice is issued. */
export type DueRule =
  /** So many days later: 30 for "net 30", 0 at once. */
  | { readonly rule: 'days'; readonly days: number }
  /** So many days after the end of the month of issue: 0 for the last day of the month itself. */
  | { readonly rule: 'end_of_month'; readonly days: number }
  /** A day of a later month: `months: 1, day: 15` is the 15th of the next month. Where that month is shorter, its last day. */
  | { readonly rule: 'day_of_month'; readonly months: number; readonly day: number }

/** A part of what is to be paid, in proportion to the shares of all parts, and when it is due. */
export interface Instalment {
  /** A whole number of at least 1. */
  readonly share: number
  readonly due: DueRule
}

/** What whoever pays early may keep: 2 percent within 10 days in "2/10 net 30". */
export interface EarlyPayment {
  /** A decimal text in percent, above 0 and below 100. */
  readonly percent: string
  /** Days from the day of issue, the last one included; never beyond the day on which the invoice is due. */
  readonly days: number
}

/** When an invoice is to be paid, as data: at one time, perhaps with a discount for early payment, or in instalments. */
export type PaymentTerms =
  | { readonly due: DueRule; readonly discount?: EarlyPayment }
  | {
      readonly instalments: readonly Instalment[]
      /** How the amount is shared where it does not come out even; by largest remainder when absent. */
      readonly allocation?: AllocationPolicy
    }

/** Terms as they were agreed: whatever becomes of the name later, these hold. */
export interface AgreedTerms {
  readonly name: string
  readonly terms: PaymentTerms
}

const mostDays = 3_650
const mostMonths = 120
const mostInstalments = 60

/** What is wrong with terms, in words for whoever configures them; nothing when every invoice under them falls due. */
export const termsProblem = (terms: PaymentTerms): string | undefined => {
  if (typeof terms !== 'object' || terms === null) return 'it is no terms at all'
  if ('instalments' in terms) {
    const { instalments, allocation } = terms
    if (allocation !== undefined && !allocationPolicies.includes(allocation)) {
      return `its allocation is none of ${allocationPolicies.join(', ')}`
    }
    return instalmentsProblem(instalments)
  }
  if (terms.discount !== undefined && !isDiscount(terms.discount)) {
    return 'its discount needs a percentage above 0 and below 100 as a decimal text, and a whole number of days'
  }
  return dueProblem(terms.due)
}

const instalmentsProblem = (instalments: readonly Instalment[] | undefined): string | undefined => {
  if (instalments === undefined || !(instalments.length >= 2 && instalments.length <= mostInstalments)) {
    return `it has fewer than 2 or more than ${mostInstalments} instalments`
  }
  for (const { share, due } of instalments) {
    if (!isWhole(share, 1, 1_000_000)) return 'the share of an instalment is no whole number of at least 1'
    const problem = dueProblem(due)
    if (problem !== undefined) return problem
  }
  return undefined
}

const dueProblem = (due: DueRule | undefined): string | undefined => {
  switch (due?.rule) {
    case 'days':
    case 'end_of_month':
      return isWhole(due.days, 0, mostDays)
        ? undefined
        : `it never falls due: days are a whole number from 0 to ${mostDays}`
    case 'day_of_month':
      return isWhole(due.months, 1, mostMonths) && isWhole(due.day, 1, 31)
        ? undefined
        : `it never falls due: months are a whole number from 1 to ${mostMonths}, the day one from 1 to 31`
    default:
      return 'it never falls due: there is no such rule'
  }
}

const isDiscount = ({ percent, days }: EarlyPayment): boolean =>
  typeof percent === 'string' &&
  parseDecimal(percent) !== undefined &&
  compareDecimal(percent, '0') > 0 &&
  compareDecimal(percent, '100') < 0 &&
  isWhole(days, 0, mostDays)

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most
