// `orderwright/revenue`: what recurs, what a part of it costs, and when revenue is recognized. Nothing here reads or writes a store.

export { planPeriods, type PeriodsInput, type PricedPeriod } from './plan-periods.js'
export { planRevenue, type RevenueInput, type RevenueSchedule } from './plan-revenue.js'
export type { Allocation, ChangeEffect, ContractChange } from '../core/revenue/contract.js'
export type { RevenueMonth } from '../core/revenue/roll-forward.js'
export type { QueryAnswer } from '../app/run-query.js'
export type { AnswerError, Issue } from '../core/ports/errors.js'
export type { Money } from '../core/money/money.js'
export type { Instant } from '../core/time/instant.js'
export type { LocalDate } from '../core/time/local-date.js'
