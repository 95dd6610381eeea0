import type { Check } from './checks.js'
import { figuresOf, keeps, reached, type AskedFigure } from './figures.js'
import type { Result } from './result.js'

const head = `<!-- Written by scripts/proof.ts from docs/proof.json; changes here are overwritten. -->

# Proof

What orderwright claims about not losing, doubling or overselling anything, and about its speed; how each claim is attacked; what would show it wrong; and what came out. Each result says on which commit and machine it was had, under which load, and each can be had again with the command beside it; \`git log COMMIT.. -- src\` says what has changed since. \`npm run proof -- --part fault-sweep\` runs one of them and renews this page, \`--size full\` in the length that is meant to be quoted.

`

const tail = `## Limits

- The simulator schedules the calls of ports. It does not simulate the inside of a database: for that there are the crash runs on real ones.
- The simulator keeps its records in memory. All its processes share one store and one tenant; what a process keeps for itself, such as the records that the SQLite adapter remembers, is attacked by the crash runs and by tests of several processes.
- A killed process or server keeps what the operating system has buffered. Only the power runs on SQLite go further; for PostgreSQL the power was not cut. There, durability rests on \`fsync=on\`, which \`health()\` reports.
- The power runs take the existence of a file as durable at once, and a sector of 512 bytes as written whole or not at all.
- Disks that lie about a sync, memory that flips bits and administrators who rewrite the store are not covered; the last leave traces in the hash chains (see [records and events](explanation/records-and-events.md)).
- Tests are named after the invariants they show. Three invariants of order management are about what orderwright does not have, so no test bears their number: returned goods are what was restocked, scrapped or is being inspected (OQ3) needs returns with an inspection, where here goods that come back are received again and their invoice is credited; no more is captured than was authorized (PY1) needs commands that authorize and capture, where here a payment is recorded when its money is there, and never more is paid back than that (PY2); the same events appended again change nothing (EV3) needs events that hosts append, where here hosts send commands and a key keeps their effect to one (ID1).
- All runs were on one machine each. No run crossed data centers.
`

/** The page as it follows from the results; a check without one says so. */
export const proofPage = (checks: readonly Check[], results: Readonly<Record<string, Result>>): string =>
  head + checks.map((check) => sectionOf(check, results[check.name])).join('') + tail

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
  if (result.cutOff) return '**Cut off before all was tried**, with nothing found wrong until then,'
  if (!result.passed) return '**Failed**'
  if (!reached(check, result)) return '**Not all reached**'
  return isFull(check, result) ? 'Held' : 'Held in a shorter run'
}

const isFull = ({ full }: Check, { command }: Result): boolean => command === `npm run ${full}`

/** What was printed for people; figures as a table. */
const outputOf = (check: Check, result: Result): string => {
  if (check.asked === undefined)
    return `\`\`\`text\n$ ${result.command}\n${result.output.filter((line) => !line.startsWith('{')).join('\n')}\n\`\`\``
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
    ...(result.beside === undefined ? [] : ['', '```text', ...result.beside, '```']),
  ].join('\n')
}

const askedOf = (figure: AskedFigure): string => {
  const { is, ratio, decision } = figure.bound
  const missed = keeps(figure) ? '' : `, missed${decision === undefined ? '' : ` ([why](${decision}))`}`
  return `${is} ${ratio}${missed}`
}
