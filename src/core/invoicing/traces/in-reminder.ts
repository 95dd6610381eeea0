import { toMinor } from '../../money/money.js'
import { exactQuotient, writeExact } from '../../money/exact-decimal.js'
import { plus, type TraceComposer } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { ClaimedInterest, Reminder } from '../reminder.js'

/** Why a reminder asks for what it asks for: the fee of its level, and the interest on each part for its days, rounded once. */
export const traceInReminder = (
  { reminders = [] }: { readonly reminders?: readonly Reminder[] },
  composer: TraceComposer,
  [place, field, ...rest]: readonly string[],
): Trace | undefined => {
  const reminder = reminders[Number(place)]
  if (reminder === undefined) return undefined
  const { fee, interest, overdue, level, on } = reminder
  const { given } = composer
  if (field === 'overdue' && rest.length === 0) {
    return given('overdue', toMinor(overdue), `all that was open and due before ${on}`)
  }
  if (field === 'fee' && rest.length === 0) {
    return fee && given('fee', toMinor(fee), `the fee of level ${level}`)
  }
  if (field !== 'interest' || interest === undefined) return undefined
  if (rest.join('.') === 'amount') return traceInterest(interest, composer)
  const [parts, at, principal, ...more] = rest
  const part = interest.parts[Number(at)]
  return part !== undefined && parts === 'parts' && principal === 'principal' && more.length === 0
    ? given('principal', toMinor(part.principal), `what was open of it from ${part.from} until ${part.until}`)
    : undefined
}

const traceInterest = (
  { percent, basis, parts }: ClaimedInterest,
  { given, sum, share }: TraceComposer,
): Trace => {
  const days = basis === 'act/365' ? '365' : '360'
  const principals = parts.map(({ principal, days: counted, from, until }) => {
    const of = given('principal', toMinor(principal), `open from ${from} until ${until}`)
    return plus(
      share('for each day', {
        of,
        times: String(counted),
        words: `${principal.amount} x ${counted} days`,
        rounding: 'half_up',
      }),
    )
  })
  const of = sum('principals by days', principals, 'each for its days')
  return share('interest', {
    of,
    times: writeExact(exactQuotient([percent], '100')),
    over: days,
    words: `${percent}% of ${of.amount} / ${days}`,
    rounding: 'half_up',
  })
}
