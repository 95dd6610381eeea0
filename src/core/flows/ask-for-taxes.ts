import { productKind } from '../catalog/product.js'
import type { GatherContext } from '../command.js'
import { present } from '../invariant.js'
import type { OrderContentInput } from '../orders/order-input.js'
import type { OrderContent } from '../orders/order-content.js'
import { personalDataKind } from '../parties/personal-data.js'
import type { TaxAnswer } from '../ports/tax-source.js'
import type { TaxedBy } from '../tax/taxed-by.js'
import type { TaxPlace } from '../tax/tax-table.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type { Instant } from '../time/instant.js'
import { dateOf } from '../time/local-date.js'
import { placeOf } from './calculate-order.js'

/** What an outside engine said, for each line of the order; undefined where a line brings its own treatment. */
export interface AnsweredTaxes {
  readonly taxedBy: TaxedBy
  readonly place: TaxPlace
  readonly lines: readonly (TaxTreatment | undefined)[]
  readonly byClass: ReadonlyMap<string, TaxTreatment>
}

/** What asking needs: the engine, the settings, and a look at products and addresses. */
export interface AskContext extends Pick<GatherContext, 'settings' | 'taxSource'> {
  readonly reader: Pick<GatherContext['reader'], 'getAll'>
}

/** Asks the outside tax engine, where the host has one, how an order is taxed; undefined where the tax table is to decide. */
export const askForTaxes = async (
  input: OrderContentInput,
  context: AskContext,
): Promise<AnsweredTaxes | undefined> => {
  const { taxSource, settings } = context
  if (taxSource === undefined) return undefined
  const { customer, legalEntity, lines } = input
  const untaxed = lines.filter(({ tax }) => tax === undefined)
  const classes = new Set<string>()
  for (const { tax, taxClass } of input.adjustments ?? []) {
    if (tax === undefined && taxClass !== undefined) classes.add(taxClass)
  }
  if (untaxed.length === 0 && classes.size === 0) return undefined
  const found = await context.reader.getAll(productKind, [...new Set(untaxed.map(({ sku }) => sku))])
  const products = new Map(found.map(({ state }) => [state.sku, state]))
  const place = await placeOfOrder(input, context)
  const answered = await taxSource.ask({
    date: input.orderedOn ?? dateOf(taxSource.now()),
    currency: input.currency,
    prices: input.prices ?? settings.totals.prices,
    ...(place !== undefined && { place }),
    ...(customer !== undefined && { customer }),
    ...(legalEntity !== undefined && { legalEntity }),
    lines: untaxed.map(({ sku, quantity, unitPrice, taxClass = products.get(sku)?.taxClass }) => ({
      sku,
      quantity,
      ...(unitPrice !== undefined && { unitPrice }),
      ...(taxClass !== undefined && { taxClass }),
    })),
    taxClasses: [...classes],
  })
  return answered && inPlace(input, [...classes], answered, taxSource.now())
}

const eachAnswered = 'an engine that answers says how each line and class is taxed'

const inPlace = (
  { lines }: OrderContentInput,
  classes: readonly string[],
  answer: TaxAnswer,
  at: Instant,
): AnsweredTaxes => {
  const { source, version } = answer
  const treatments = answer.lines.values()
  return {
    taxedBy: { source, version, at },
    place: answer.place,
    lines: lines.map(({ tax }) => (tax === undefined ? treatments.next().value : undefined)),
    byClass: new Map(classes.map((name, index) => [name, present(answer.taxClasses[index], eachAnswered)])),
  }
}

const placeOfOrder = async (
  { taxPlace, shipTo, customer }: OrderContentInput,
  { reader }: AskContext,
): Promise<TaxPlace | undefined> => {
  if (taxPlace !== undefined || shipTo === undefined) return taxPlace
  if (typeof shipTo === 'object') return placeOf(shipTo)
  if (customer === undefined) return undefined
  const [personal] = await reader.getAll(personalDataKind, [customer])
  return placeOf(personal?.state.addresses.find(({ id }) => id === shipTo)?.address)
}

/** The content with what was answered, as if the order had brought it along. */
export const withAnswer = (
  content: OrderContent,
  { taxedBy, place, lines, byClass }: AnsweredTaxes,
): OrderContent => ({
  ...content,
  lines: content.lines.map((line, index) => ({
    ...line,
    tax: line.tax ?? present(lines[index], eachAnswered),
  })),
  ...(content.adjustments !== undefined && {
    adjustments: content.adjustments.map((adjustment) => {
      const { taxClass } = adjustment
      const tax = adjustment.tax ?? (taxClass === undefined ? undefined : byClass.get(taxClass))
      return tax === undefined ? adjustment : { ...adjustment, tax }
    }),
  }),
  taxPlace: place,
  taxedBy,
})
