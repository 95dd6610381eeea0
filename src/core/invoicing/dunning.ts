import { percentSchema, nonNegativeMoneySchema } from '../money/money-schema.js'
import type { InterestRate } from '../money/simple-interest.js'

/** How urgently a reminder asks, which is the topic of its message. */
export const reminderTopics = ['payment_reminder', 'payment_demand', 'final_notice'] as const
export type ReminderTopic = (typeof reminderTopics)[number]

/** What becomes of a customer with the reminder: watched, or new orders are held or refused until somebody allows them again. */
export const dunningActions = ['watch', 'hold_orders', 'refuse_orders'] as const
export type DunningAction = (typeof dunningActions)[number]

export interface DunningLevel {
  /** Whole days since the due day, at least 1 and more than at the level before. */
  readonly daysOverdue: number
  readonly topic: ReminderTopic
  /** A flat fee by currency, as decimal texts: `{ EUR: '5.00' }`. */
  readonly fee?: Readonly<Record<string, string>>
  /** Interest on what is overdue, from its due day, or from where an earlier reminder stopped. None where absent. */
  readonly interest?: InterestRate
  readonly action?: DunningAction
}

/** The steps by which payment is asked for, in their order. */
export type DunningLadder = readonly DunningLevel[]

const mostLevels = 20

/** What is wrong with a ladder, in words for whoever configures it; nothing when it can be climbed. */
export const ladderProblem = (ladder: DunningLadder): string | undefined => {
  if (ladder.length > mostLevels) return `it has more than ${mostLevels} levels`
  for (const [index, level] of ladder.entries()) {
    const before = ladder[index - 1]?.daysOverdue ?? 0
    const problem = levelProblem(level, before)
    if (problem !== undefined) return `level ${index + 1} ${problem}`
  }
  return undefined
}

const levelProblem = (level: DunningLevel, before: number): string | undefined => {
  const { daysOverdue, topic, fee = {}, interest, action } = level
  if (!Number.isInteger(daysOverdue) || daysOverdue <= before || daysOverdue > 3_650)
    return 'needs whole days overdue, more than the level before and at most 3650'
  if (!reminderTopics.includes(topic)) return `needs a topic: ${reminderTopics.join(', ')}`
  if (action !== undefined && !dunningActions.includes(action))
    return `has no such action; there are ${dunningActions.join(', ')}`
  for (const [currency, amount] of Object.entries(fee)) {
    if (!nonNegativeMoneySchema.safeParse({ amount, currency }).success)
      return `has a fee in ${currency} that is no amount`
  }
  if (interest === undefined) return undefined
  if (!percentSchema.safeParse(interest.percent).success)
    return 'needs its interest as a decimal text in percent a year, from 0 to 100'
  return interest.basis === 'act/365' || interest.basis === 'act/360'
    ? undefined
    : "needs its interest counted 'act/365' or 'act/360'"
}
