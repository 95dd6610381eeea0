import { z } from 'zod'
import { quantitySchema, toBaseUnits, type Unit } from '../catalog/quantity.js'
import { lineIdSchema } from '../ids/id-schema.js'
import type { LineId } from '../ids/ids.js'
import { positiveMoneySchema } from '../money/money-schema.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

const linesSchema = z.array(z.strictObject({ line: lineIdSchema, quantity: quantitySchema }))

/** A check that no line is named twice. */
export const eachLineOnce = (
  lines: readonly { readonly line: string }[],
  context: { addIssue(issue: { code: 'custom'; message: string; path: (string | number)[] }): void },
): void => {
  const seen = new Set<string>()
  for (const [index, { line }] of lines.entries()) {
    if (seen.has(line))
      context.addIssue({ code: 'custom', message: 'line.duplicateId', path: [index, 'line'] })
    seen.add(line)
  }
}

/** Lines of a document by id, each at most once, with the quantity that is meant. */
export const wantedLinesSchema = linesSchema.min(1, 'lines.min').superRefine(eachLineOnce)

/** What has come of a document's lines, each at most once; nothing of those that are not named. */
export const arrivedLinesSchema = linesSchema.superRefine(eachLineOnce)

export type WantedLines = z.output<typeof wantedLinesSchema>

/** The wanted quantities in base units of each line's own unit. */
export const countLines = (
  wanted: WantedLines,
  lines: readonly { readonly line: LineId; readonly unit: Unit }[],
): Result<readonly { readonly line: LineId; readonly quantity: number }[], Refusal> => {
  const units = new Map(lines.map(({ line, unit }) => [line, unit]))
  const counted: { readonly line: LineId; readonly quantity: number }[] = []
  for (const [index, { line, quantity }] of wanted.entries()) {
    const unit = units.get(line)
    if (unit === undefined) return refuse('unknown_line', { line })
    const baseUnits = toBaseUnits(quantity, unit)
    if (typeof baseUnits === 'string') {
      return refuse('validation_failed', {
        issues: [{ path: ['lines', index, 'quantity'], rule: baseUnits }],
      })
    }
    counted.push({ line, quantity: baseUnits })
  }
  return ok(counted)
}

/** By how much the price of each line is corrected, upwards or downwards as the command says. */
export const correctionsSchema = z
  .array(z.strictObject({ line: lineIdSchema, amount: positiveMoneySchema }))
  .min(1, 'lines.min')
  .superRefine(eachLineOnce)
