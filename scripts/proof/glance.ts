import type { Check } from './checks.js'
import { figuresOf, keeps, type AskedFigure } from './figures.js'
import type { Result } from './result.js'

/** What came out of a run in a few words: of the lines that are kept, the parts that the check says in brief; of a benchmark, its ratios. */
export const inBrief = (check: Check, result: Result): string => {
  const said =
    check.asked === undefined
      ? (check.brief ?? []).flatMap((part) => firstOf(part, result.output))
      : figuresOf(check, result).map(ratioOf)
  return said.join(', ').replaceAll(/\b\d{4,}\b/g, (digits) => Number(digits).toLocaleString('en-US'))
}

const firstOf = (part: RegExp, lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => part.exec(line)?.[0] ?? []).slice(0, 1)

const ratioOf = (figure: AskedFigure): string => {
  const { bench, ratio, bound } = figure
  const missed = keeps(figure) ? '' : ` (${bound.is} ${bound.ratio} was asked)`
  return `${bench} **${Number(ratio.toPrecision(3))}**${missed}`
}

/** The place of a section within the page, as renderers of Markdown name it. */
export const anchorOf = (title: string): string => `#${title.toLowerCase().replaceAll(' ', '-')}`
