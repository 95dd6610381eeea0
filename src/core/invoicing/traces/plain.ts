import { plus, tracesIn } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { CalculatedTraces, PrintedDocument } from './document.js'

/** Why a document comes to the sum of its lines. */
export const plainTraces = (
  { currency, lines }: Pick<PrintedDocument, 'currency' | 'lines'>,
  line: (place: number) => Trace,
): CalculatedTraces => {
  const composer = tracesIn(currency)
  const nothing = (): Trace => composer.given('nothing', 0n, 'nothing is taxed, discounted or charged')
  const total = (): Trace =>
    composer.sum(
      'total',
      lines.map((_, place) => plus(line(place))),
      'sum of the lines, nothing taxed, discounted or charged',
    )
  return {
    composer,
    line,
    share: nothing,
    sum: total,
    adjustment: nothing,
    base: nothing,
    levied: nothing,
    total,
  }
}
