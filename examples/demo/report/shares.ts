import { grouped } from '../progress.js'
import { writeCents } from '../exact-money.js'
import { bars, plotWidths } from '../../report-kit/bars.js'
import { figure } from '../../report-kit/figure.js'
import type { Markup } from '../../report-kit/markup.js'
import { percent } from '../../report-kit/percent.js'
import type { Share } from './report-data.js'

interface SharesPlot {
  readonly id: string
  readonly title: string
  /** What one share counts, as `orders`. */
  readonly counts: string
  readonly currency: string
  readonly shares: readonly Share[]
  /** What they are shares of, where that is more than all of them together. */
  readonly outOf?: number
  readonly series?: number
  readonly nameRoom?: number
  readonly size?: keyof typeof plotWidths
  /** The length of a bar: how many there are, or what they amount to. */
  readonly show?: 'count' | 'amount'
}

/** Names with a count and an amount each, as bars and as a table. */
export const sharesPlot = ({
  id,
  title,
  counts,
  currency,
  shares,
  outOf,
  series = 1,
  nameRoom,
  size = 'half',
  show = 'count',
}: SharesPlot): Markup => {
  const all = shares.reduce((sum, { count }) => sum + count, 0)
  const whole = outOf ?? all
  const amount = shares.reduce((sum, share) => sum + share.amount, 0n)
  const drawn = bars(
    shares.map(({ name, count, amount }) => ({
      name,
      value: show === 'count' ? count : Number(amount),
      label: show === 'count' ? `${grouped(count)} · ${percent(count, whole)}` : writeCents(amount),
      series,
    })),
    show === 'count' ? whole : Number(amount),
    plotWidths[size],
    nameRoom,
  )
  return figure({
    id,
    title,
    description: shares.map(({ name, count }) => `${name}: ${grouped(count)}`).join('; '),
    ...drawn,
    numbers: {
      caption: title,
      columns: [
        { name: '' },
        { name: counts, numeric: true },
        { name: 'share', numeric: true },
        { name: currency, numeric: true },
      ],
      rows: shares.map(({ name, count, amount }) => [
        name,
        grouped(count),
        percent(count, whole),
        writeCents(amount),
      ]),
      total: ['all', grouped(all), percent(all, whole), writeCents(amount)],
    },
  })
}
