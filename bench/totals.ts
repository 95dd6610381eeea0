import { compare } from './harness.js'
import { runFigures } from './support/run-figures.js'
import { totalsByBig } from './totals/by-big.js'
import { totalsByDecimal } from './totals/by-decimal.js'
import { totalsByDinero, totalsByDineroBigint } from './totals/by-dinero.js'
import { totalsByHand } from './totals/by-hand.js'
import { invoiceInput, ourTotals, type Amounts } from './totals/invoice.js'

/**
 * The totals of an invoice of 100 lines: three rates, a discount on every other line and one on the document, half even. The libraries
 * do the same arithmetic from the same prices, which are text; the code by hand has read them already, and is the limit. All must agree to the cent
 * before any is timed.
 */
const against = (name: string, limit: () => Amounts, repeats: number) => async (): Promise<void> => {
  const [ours, theirs] = [ourTotals(invoiceInput), limit()]
  for (const part of ['net', 'tax', 'gross'] as const) {
    if (ours[part] !== theirs[part])
      throw new Error(`${name}: ${part} is ${ours[part]} here and ${theirs[part]} there`)
  }
  await compare({
    name,
    unit: 'us/op',
    rounds: 7,
    ours: () => {
      for (let repeat = 0; repeat < 2_000; repeat += 1) ourTotals(invoiceInput)
      return 2_000
    },
    limit: () => {
      for (let repeat = 0; repeat < repeats; repeat += 1) limit()
      return repeats
    },
  })
}

await runFigures({
  'totals-100-lines': against('totals-100-lines', totalsByHand(), 2_000),
  'totals-vs-decimal': against('totals-vs-decimal', totalsByDecimal(), 200),
  'totals-vs-dinero': against('totals-vs-dinero', totalsByDinero(), 100),
  'totals-vs-dinero-bigint': against('totals-vs-dinero-bigint', totalsByDineroBigint(), 100),
  'totals-vs-big': against('totals-vs-big', totalsByBig(), 200),
})
