import { z } from 'zod'
import type { TenantId } from '../core/ids/ids.js'
import { compareDecimal } from '../core/money/decimal-string.js'
import { PreciseDecimal } from '../core/money/decimal.js'
import type { Clock } from '../core/ports/clock.js'
import type { TaxAnswer, TaxQuestion, TaxSource } from '../core/ports/tax-source.js'
import { isOfRates } from '../core/tax/looks-like-fraction.js'
import { taxPlaceSchema } from '../core/tax/place-schema.js'
import { taxTreatmentSchema } from '../core/tax/tax-schema.js'
import type { TaxPlace, TaxTable } from '../core/tax/tax-table.js'
import type { TaxTreatment } from '../core/tax/tax-treatment.js'
import { lineSchema } from '../core/text/text-schema.js'
import type { Milliseconds } from '../core/time/instant.js'
import { withinDeadline } from './within-deadline.js'

/** What to do when an outside tax engine does not answer in time, or not what can be. */
export interface TaxSourceSettings {
  readonly deadline: Milliseconds
  readonly whenItFails: 'refuse' | 'use_table'
}

const named = lineSchema(100).refine((text) => text !== '')

const answerSchema = z.strictObject({
  source: named,
  version: named,
  place: taxPlaceSchema,
  lines: z.array(taxTreatmentSchema),
  taxClasses: z.array(taxTreatmentSchema),
})

/**
 * The question put to the source, its answer checked like any input and for what cannot be. Undefined where it failed and the tax table stands in for it;
 * else a failure, a late answer or one that cannot be used rejects with `tax_source_unavailable`.
 */
export const taxAsker =
  (
    source: TaxSource,
    { deadline, whenItFails }: TaxSourceSettings,
    clock: Pick<Clock, 'after'>,
    tenant: TenantId,
    table: TaxTable | undefined,
  ) =>
  async (question: Omit<TaxQuestion, 'tenant'>): Promise<TaxAnswer | undefined> => {
    try {
      const answered = await withinDeadline(clock, deadline, async () =>
        source.treatmentsFor({ ...question, tenant }),
      )
      const answer = answerSchema.parse(answered)
      const problem = problemOf(question, answer, table)
      if (problem !== undefined) throw new TypeError(problem)
      return answer
    } catch (cause) {
      if (whenItFails === 'use_table') return undefined
      throw new TaxSourceUnavailable('the tax source gave no answer that can be used', { cause })
    }
  }

/** Thrown before anything was decided; the command is answered with its code. */
class TaxSourceUnavailable extends Error {
  readonly code = 'tax_source_unavailable'
  override readonly name = 'TaxSourceUnavailable'
}

const problemOf = (
  question: Omit<TaxQuestion, 'tenant'>,
  answer: TaxAnswer,
  table: TaxTable | undefined,
): string | undefined => {
  if (answer.lines.length !== question.lines.length) return 'a treatment is due for each line'
  if (answer.taxClasses.length !== question.taxClasses.length) return 'a treatment is due for each tax class'
  if (question.place !== undefined && isElsewhere(question.place, answer.place)) {
    return 'the answer is for another place than was asked for'
  }
  return [...answer.lines, ...answer.taxClasses].some((tax) => isBelowOne(tax) && !isOfRates(tax, table))
    ? 'a rate below one percent in all is a fraction, not a percentage'
    : undefined
}

const isElsewhere = (asked: TaxPlace, answered: TaxPlace): boolean =>
  asked.country !== answered.country ||
  (asked.subdivision !== undefined &&
    answered.subdivision !== undefined &&
    asked.subdivision !== answered.subdivision)

/**
 * `0.19` for 19 percent. Hardly any sale is taxed at less than one percent in all, though a city may add less to what its state takes: where one is, as rough
 * stones are in India (0.25), the tax table has that rate.
 */
const isBelowOne = ({ components }: TaxTreatment): boolean => {
  const sum = components.reduce((total, { percent }) => total.add(percent), new PreciseDecimal(0)).toFixed()
  return sum !== '0' && compareDecimal(sum, '1') < 0
}
