import type { Actor } from '../ids/actor.js'
import { percentOf } from '../money/percent.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { stockCountLifecycle, type StockCountStep } from '../../state-machines/stock-count.machine.js'
import { unitsAstray } from './counted-goods.js'
import type { CountedLine, StockCount, StockCountEvent, StockCountLine } from './stock-count.js'

export type StockCountCommand =
  | { readonly type: 'CountStock'; readonly lines: readonly CountedLine[]; readonly by: Actor }
  | { readonly type: 'SubmitCount' }
  | { readonly type: 'ApproveCount'; readonly by: Actor; readonly reason: string }
  | { readonly type: 'RejectCount'; readonly reason: string }
  | { readonly type: 'CancelCount'; readonly reason: string }

export const decideStockCount = (
  count: StockCount,
  command: StockCountCommand,
): Result<readonly StockCountEvent[], Refusal> => {
  switch (command.type) {
    case 'CountStock':
      return counted(count, command)
    case 'SubmitCount':
      return submit(count)
    case 'ApproveCount':
      return approve(count, command)
    case 'RejectCount':
      return step(count, 'reject', { type: 'StockCountRejected', reason: command.reason })
    case 'CancelCount':
      return step(count, 'cancel', { type: 'StockCountCanceled', reason: command.reason })
  }
}

/** What was found more (above zero) or less (below zero) than expected, per line that differs; zero where only lots or pieces differ. */
export const variancesOf = (
  count: StockCount,
): readonly { readonly line: StockCountLine; readonly quantity: number }[] =>
  count.lines.flatMap((line) => {
    const quantity = line.found === undefined ? 0 : line.found.counted - line.found.expected
    return quantity === 0 && astray(line) === 0 ? [] : [{ line, quantity }]
  })

const counted = (
  count: StockCount,
  { lines, by }: Extract<StockCountCommand, { readonly type: 'CountStock' }>,
): Result<readonly StockCountEvent[], Refusal> => {
  const stranger = lines.find(({ sku }) => !count.lines.some((line) => line.sku === sku))
  return stranger === undefined
    ? step(count, 'count', { type: 'StockCounted', lines, by })
    : refuse('unknown_line', { sku: stranger.sku })
}

const submit = (count: StockCount): Result<readonly StockCountEvent[], Refusal> => {
  if (!stockCountLifecycle.allows(count.status, 'submit_within')) return outOfTurn(count)
  const missing = count.lines.filter((line) => line.found === undefined).map(({ sku }) => sku)
  if (missing.length > 0) return refuse('count_incomplete', { missing })
  return count.lines.every((line) => isWithin(line, count.tolerancePercent))
    ? step(count, 'submit_within', { type: 'StockCountBooked', reason: 'counted' })
    : step(count, 'submit_beyond', { type: 'StockCountSubmitted' })
}

const isWithin = (line: StockCountLine, percent: string): boolean =>
  line.found === undefined || astray(line) <= Number(percentOf(BigInt(line.found.expected), percent, 'down'))

const astray = ({ found }: StockCountLine): number => {
  if (found?.goods !== undefined) return unitsAstray(found.goods)
  return found === undefined ? 0 : Math.abs(found.counted - found.expected)
}

/** Four eyes: whoever has counted a line of it would approve a count of their own. */
const approve = (
  count: StockCount,
  { by, reason }: Extract<StockCountCommand, { readonly type: 'ApproveCount' }>,
): Result<readonly StockCountEvent[], Refusal> => {
  if (!stockCountLifecycle.allows(count.status, 'approve')) return outOfTurn(count)
  const isCounter = count.lines.some(({ found }) => found?.by.kind === by.kind && found.by.id === by.id)
  return isCounter
    ? refuse('counter_cannot_approve', { count: count.id })
    : step(count, 'approve', { type: 'StockCountBooked', reason, approvedBy: by })
}

const step = (
  count: StockCount,
  wanted: StockCountStep,
  event: StockCountEvent,
): Result<readonly StockCountEvent[], Refusal> =>
  stockCountLifecycle.allows(count.status, wanted) ? ok([event]) : outOfTurn(count)

const outOfTurn = (count: StockCount) =>
  refuse('invalid_state', { status: count.status, allowed: stockCountLifecycle.allowed(count.status) })
