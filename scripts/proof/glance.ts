import type { Check } from './checks.js'
import { figuresOf, keeps, type AskedFigure } from './figures.js'
import type { Result } from './result.js'

/** What came out of a run in a few words: of the lines that are kept, the parts that the check says in brief; of a benchmark, its ratios. */
export const inBrief = (check: Check, result: Result): string =>
  (check.asked === undefined
    ? (check.brief ?? []).map((part) => found(part, result.output))
    : figuresOf(check, result).map(ratioOf)
  ).join(', ')

const found = (part: RegExp, lines: readonly string[]): string => {
  const [match] = lines.flatMap((line) => part.exec(line)?.[0] ?? [])
  return (
    match?.replaceAll(/(?<![\d.])\d{4,}(?![\d.])/g, (digits) => Number(digits).toLocaleString('en-US')) ??
    'see there'
  )
}

const ratioOf = (figure: AskedFigure): string => {
  const { bench, ratio, bound } = figure
  const why = bound.decision === undefined ? '' : `, [why](${bound.decision})`
  const missed = keeps(figure) ? '' : ` (${bound.is} ${bound.ratio} was asked${why})`
  return `${bench} **${Number(ratio.toPrecision(3))}**${missed}`
}

/** The place of a section within the page, as renderers of Markdown name it. */
export const anchorOf = (title: string): string => `#${title.toLowerCase().replaceAll(' ', '-')}`
