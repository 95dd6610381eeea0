import type { Check } from './checks.js'
import { reached } from './figures.js'
import { partsOf } from './kept-lines.js'
import { longestOf } from './longest-result.js'
import type { Result } from './result.js'

export interface ChecksToRun {
  readonly checks: readonly Check[]
  readonly commandOf: (check: Check) => string
  /** A result takes the place of one of a longer run, too. */
  readonly replace: boolean
  readonly run: (check: Check, command: string) => Result
  readonly say: (line: string) => void
  /** Told after each check: all of them take hours. */
  readonly save: (results: Readonly<Record<string, Result>>) => Promise<void>
}

/** Runs checks one after another and says what came of each; answers whether all of them held. */
export const runChecks = async (
  { checks, commandOf, replace, run, say, save }: ChecksToRun,
  known: Readonly<Record<string, Result>>,
): Promise<boolean> => {
  const results = { ...known }
  let allHeld = true
  for (const check of checks) {
    const fresh = run(check, commandOf(check))
    const held = fresh.passed && reached(check, fresh)
    allHeld &&= held
    say(`${held ? 'held  ' : 'FAILED'} ${check.name}, ${fresh.seconds} s`)
    for (const line of linesOf(check, fresh)) say(`  ${line}`)
    const kept = replace ? fresh : longestOf(check, results[check.name], fresh)
    if (kept !== fresh)
      say(`  kept the longer run of ${kept.date}, ${kept.command}; --replace takes this one instead`)
    results[check.name] = kept
    await save(results)
  }
  return allHeld
}

const linesOf = (check: Check, { output, beside = [] }: Result): readonly string[] =>
  check.asked === undefined ? partsOf(check.keeps, output).shown : [...output, ...beside]
