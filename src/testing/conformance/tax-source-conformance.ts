import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { TaxAnswer, TaxQuestion, TaxSource } from '../../core/ports/tax-source.js'
import { taxTreatmentSchema } from '../../core/tax/tax-schema.js'
import type { PortCase } from './port-case.js'

export interface OpenedTaxSource {
  readonly source: TaxSource
  /** A question the engine can answer, with at least one line and one tax class, of two treatments if it has two. */
  readonly question: TaxQuestion
}

export type OpenTaxSource = () => OpenedTaxSource | Promise<OpenedTaxSource>

/**
 * The promises of `TaxSource`. What an engine that fails may answer is not asked: the order management checks every answer.
 *
 * @example
 * for (const { name, run } of taxSourceConformance) test(name, () => run(openMyTaxSource))
 */
export const taxSourceConformance: readonly PortCase<OpenTaxSource>[] = [
  {
    name: 'answers one treatment for each line and each tax class, whichever of them there are',
    why: 'A charge for freight comes alone when the goods bring their own tax.',
    run: async (open) => {
      const { source, question } = await open()
      const { lines, taxClasses } = question
      ok(lines.length > 0 && taxClasses.length > 0, 'the question has a line and a tax class')
      const fifty = Array.from({ length: 50 }, () => lines).flat()
      for (const part of [{}, { lines: [] }, { taxClasses: [] }, { lines: fifty }]) {
        const asked = { ...question, ...part }
        const answer = await source.treatmentsFor(asked)
        deepStrictEqual(
          [answer.lines.length, answer.taxClasses.length],
          [asked.lines.length, asked.taxClasses.length],
        )
      }
    },
  },
  {
    name: 'answers in the order of the lines and of the tax classes',
    why: 'Books at the rate of wine, and wine at the rate of books.',
    run: async (open) => {
      const { source, question } = await open()
      const answer = await source.treatmentsFor(question)
      const turned = await source.treatmentsFor({
        ...question,
        lines: question.lines.toReversed(),
        taxClasses: question.taxClasses.toReversed(),
      })
      deepStrictEqual(turned.lines, answer.lines.toReversed())
      deepStrictEqual(turned.taxClasses, answer.taxClasses.toReversed())
    },
  },
  {
    name: 'writes treatments out as they are stored: a category, and percentages as decimal strings',
    why: 'A rate of 0.19 taxes a sale at a fifth of a percent; one that is a number is refused with the order.',
    run: async (open) => {
      const { source, question } = await open()
      for (const treatment of treatmentsOf(await source.treatmentsFor(question))) {
        const read = taxTreatmentSchema.safeParse(treatment)
        ok(read.success, `${JSON.stringify(treatment)} is a treatment`)
        const percents = read.data.components.map(({ percent }) => Number(percent))
        const sum = percents.reduce((total, percent) => total + percent, 0)
        ok(sum === 0 || sum >= 1, `${sum} percent in all looks like a fraction`)
      }
    },
  },
  {
    name: 'says who answers, by which version, and for the place it was asked about',
    why: 'Years later an auditor asks where the rate came from.',
    run: async (open) => {
      const { source, question } = await open()
      const answer = await source.treatmentsFor(question)
      ok(answer.source.trim() !== '' && answer.version.trim() !== '', 'the source and its version have names')
      if (question.place !== undefined) strictEqual(answer.place.country, question.place.country)
      ok(/^[A-Z]{2}$/.test(answer.place.country), 'the place has a country')
    },
  },
]

const treatmentsOf = ({ lines, taxClasses }: TaxAnswer): readonly unknown[] => [...lines, ...taxClasses]
