import type { Check } from './checks.js'
import { figuresOf, keeps, reached, type AskedFigure } from './figures.js'
import { anchorOf, inBrief } from './glance.js'
import { partsOf } from './kept-lines.js'
import { isFull } from './longest-result.js'
import type { Result } from './result.js'

const head = `<!-- Written by scripts/proof.ts from docs/proof.json; changes here are overwritten. -->

# Proof

What orderwright claims about not losing, doubling or overselling anything, and about its speed; how each claim is attacked; what would show it wrong; and what came out. Each result says on which commit and machine it was had, under which load, and each can be had again with the command beside it; \`git log COMMIT.. -- src\` says what has changed since. \`npm run proof -- --part fault-sweep\` runs one of them and renews this page, \`--size full\` in the length that is meant to be quoted. A shorter run than the one on this page does not replace it, except with \`--replace\`.

`

const tail = `## Limits

- The simulator schedules the calls of ports. It does not simulate the inside of a database: for that there are the crash runs on real ones.
- What a simulation holds the engine to is recomputed from what was committed: the invariants of each step and of the whole, and a shadow of the records. It has no second implementation inside that would say what should have been decided; an answer that is wrong and breaks no invariant is not seen there. The independent plain model is asked outside of it, in *Inventory against a model*.
- The simulator keeps its records in memory. Over SQLite and PostgreSQL a few of its seeds are run with the tests, and more by hand with \`--store\`. All its processes share one store and one tenant; what a process keeps for itself, such as the records that the SQLite adapter remembers, is attacked by the crash runs and by tests of several processes.
- Two versions of the package at one store are tried with the engine of 0.1.0 and today's, in a shop that does what both know. An older version reckons without what it does not know: where newer processes already use taxes, promotions or deposits, what it goes on writing about the same orders is wrong, so new commands wait until every process is new. A record that it wrote last is not found under entries that newer versions have added (invoices by \`sending\`) until it is written again, and a repeat with personal data under a key that a newer version has kept it refuses as \`idempotency_key_reused\`.
- A killed process or server keeps what the operating system has buffered. Only the power runs on SQLite go further; for PostgreSQL the power was not cut. There, durability rests on \`fsync=on\`, which \`health()\` reports.
- The power runs take the existence of a file as durable at once, and a sector of 512 bytes as written whole or not at all.
- Disks that lie about a sync, memory that flips bits and administrators who rewrite the store are not covered; the last leave traces in the hash chains (see [records and events](explanation/records-and-events.md)).
- Tests are named after the invariants they show. Three invariants of order management are about what orderwright does not have, so no test bears their number: returned goods are what was restocked, scrapped or is being inspected (OQ3) needs returns with an inspection, where here goods that come back are received again and their invoice is credited; no more is captured than was authorized (PY1) needs commands that authorize and capture, where here a payment is recorded when its money is there, and never more is paid back than that (PY2); the same events appended again change nothing (EV3) needs events that hosts append, where here hosts send commands and a key keeps their effect to one (ID1).
- All runs were on one machine each. No run crossed data centers.
`

/** The page as it follows from the results; a check without one says so. */
export const proofPage = (checks: readonly Check[], results: Readonly<Record<string, Result>>): string =>
  head +
  glanceOf(checks, results) +
  checks.map((check) => sectionOf(check, results[check.name])).join('') +
  tail

/** A line for each check, to be read before anything else. */
const glanceOf = (checks: readonly Check[], results: Readonly<Record<string, Result>>): string => {
  const rows = checks.map((check) => {
    const result = results[check.name]
    const came =
      result === undefined
        ? 'not run for this page | |'
        : `${inBrief(check, result)} | ${verdictOf(check, result)} | \`${result.commit}\``
    return `| [${check.title}](${anchorOf(check.title)}) | ${came} |`
  })
  return [
    '## At a glance',
    '',
    '| what was tried | what came out | | commit |',
    '|---|---|---|---|',
    ...rows,
    '',
    '',
  ].join('\n')
}

const sectionOf = (check: Check, result: Result | undefined): string => {
  const { title, claim, how, falsified, full } = check
  const parts = [
    `## ${title}`,
    claim,
    how,
    `**Shown wrong by:** ${falsified}`,
    ...(result === undefined
      ? [`Not run for this page. To be run: \`npm run ${full}\``]
      : [
          `${verdictOf(check, result)} on ${result.date}, commit \`${result.commit}\`, in ${result.seconds} s (${result.machine}):`,
          outputOf(check, result),
        ]),
    ...(result === undefined || isFull(check, result)
      ? []
      : [`In the length that is meant to be quoted: \`npm run ${full}\``]),
  ]
  return `${parts.join('\n\n')}\n\n`
}

const verdictOf = (check: Check, result: Result): string => {
  if (result.cutOff) return '**Cut off before all was tried** (nothing found wrong until then)'
  if (!result.passed) return '**Failed**'
  if (result.output.some((line) => line.includes(': not run: '))) return '**Not run**'
  if (!reached(check, result)) return '**Not all reached**'
  if (!figuresOf(check, result).every(keeps)) return 'Held (figures that miss say why)'
  return isFull(check, result) ? 'Held' : 'Held in a shorter run'
}

/** What was printed for people, what is long of it folded away; figures as a table. */
const outputOf = (check: Check, result: Result): string => {
  if (check.asked === undefined) return printedBy(check, result)
  const rows = figuresOf(check, result).map(
    (figure) =>
      `| ${figure.bench} | ${figure.ours} | ${figure.limit} | ${figure.unit} | **${figure.ratio}** | ${askedOf(figure)} |`,
  )
  return [
    `\`${result.command}\``,
    '',
    '| figure | ours | limit | unit | ours / limit | asked |',
    '|---|---|---|---|---|---|',
    ...rows,
    ...(result.beside === undefined ? [] : ['', textBlock(result.beside)]),
  ].join('\n')
}

const printedBy = ({ keeps: kept }: Check, { command, output }: Result): string => {
  const { shown, folded } = partsOf(kept, output)
  const printed = textBlock([`$ ${command}`, ...shown])
  if (folded.length === 0) return printed
  const title = `<summary>${kept?.folded?.title ?? ''}</summary>`
  return [printed, `<details>\n${title}`, textBlock(folded), '</details>'].join('\n\n')
}

const textBlock = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n')

const askedOf = (figure: AskedFigure): string => {
  const { is, ratio, decision } = figure.bound
  const missed = keeps(figure) ? '' : `, missed${decision === undefined ? '' : ` ([why](${decision}))`}`
  return `${is} ${ratio}${missed}`
}
