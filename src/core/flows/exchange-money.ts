import type { PlanContext } from '../command.js'
import { absolute, compare, fromMinor, toMinor, type Money } from '../money/money.js'
import { percentOf } from '../money/percent.js'
import type { ExchangeInput } from '../payments/exchange-input.js'
import { exchangePayment, type Exchanged } from '../payments/exchange.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { plus, type Milliseconds } from '../time/instant.js'

/** What money of another currency counts for. An exchange is quoted before it is booked, and books no more gain or loss than the settings expect. */
export const exchangeMoney = (
  amount: Money,
  { countsAs, ...quoted }: ExchangeInput,
  { settings, now }: PlanContext,
): Result<Exchanged, Refusal> => {
  if (quoted.at > plus(now, millisecondsOfADay)) {
    return refuse('validation_failed', { issues: [{ path: ['exchange', 'at'], rule: 'date.future' }] })
  }
  const exchanged = exchangePayment(amount, quoted, countsAs)
  const { worth, difference } = exchanged.exchange
  const most = fromMinor(percentOf(toMinor(worth), settings.exchangeTolerancePercent, 'down'), worth.currency)
  const tooFar = difference !== undefined && compare(absolute(difference), most) > 0
  return tooFar ? refuse('exchange_out_of_range', { worth, countsAs: exchanged.amount, most }) : ok(exchanged)
}

const millisecondsOfADay: Milliseconds = 86_400_000
