import { askForTaxes, type AnsweredTaxes } from '../../core/flows/ask-for-taxes.js'
import { agreeContent, calculateContent, contentKeys } from '../../core/flows/order-content.js'
import { decidePromotions } from '../../core/flows/promote-order.js'
import type { OrderId } from '../../core/ids/ids.js'
import type { Money } from '../../core/money/money.js'
import { orderContentSchema, type OrderContentInput } from '../../core/orders/order-input.js'
import { totalOf, type OrderContent } from '../../core/orders/order-content.js'
import { partyKind } from '../../core/parties/party.js'
import { workOn, type Facts } from '../../core/plan.js'
import type { AppliedPromotion } from '../../core/promotions/applied-promotion.js'
import type { PassedOverPromotion } from '../../core/promotions/apply-promotions.js'
import type { Refusal } from '../../core/refusal.js'
import { ok, type Result } from '../../core/result.js'
import { dateOf } from '../../core/time/local-date.js'
import type { PlanContext } from '../../core/command.js'
import { decideUnlocked } from '../decide-unlocked.js'
import { defineQuery, type QueryContext } from '../query.js'

/** What an order would come to, and by which promotions. */
export interface OrderPreview {
  /** What the customer would owe, tax included. */
  readonly total: Money
  /** The same without promotions: it may be more than an order can come to. */
  readonly withoutPromotions: Money
  readonly lines: OrderContent['lines']
  /** Absent where nothing is taxed, discounted or charged. */
  readonly totals?: OrderContent['totals']
  /** The promotions it would get, in the order in which they take their share. */
  readonly promotions: readonly AppliedPromotion[]
  /** The other promotions that it was asked for, by id, and why it would not get them. */
  readonly passedOver: readonly PassedOverPromotion[]
}

/**
 * What an order would come to, priced, discounted and taxed as capturing it would; quantities in base units. Nothing is promised: capturing or placing
 * decides again, on locked records. Refused as capturing would be, so a coupon that gives nothing is refused with the reason.
 */
export const previewOrder = defineQuery({
  name: 'orders.preview',
  input: orderContentSchema,
  run: async (input, context) => {
    const { settings, taxSource } = context
    const answered = await askForTaxes(input, {
      settings,
      ...(taxSource !== undefined && { taxSource }),
      reader: context,
    })
    const preview = await decideUnlocked(
      context,
      (seen) => contentKeys(input, previewed, context.settings, seen),
      (facts) => previewOf(facts, input, planContextOf(context), answered),
    )
    return preview.ok ? ok({ value: preview.value }) : preview
  },
})

/** It becomes no order: nothing that is written under this id is kept. */
const previewed = 'preview' as OrderId

const previewOf = (
  facts: Facts,
  input: OrderContentInput,
  context: PlanContext,
  answered: AnsweredTaxes | undefined,
): Result<OrderPreview, Refusal> => {
  const content = agreeContent(workOn(facts), previewed, input, context, answered)
  if (!content.ok) return content
  const { promotions: _promotions, ...plain } = input
  const before = calculateContent(workOn(facts), plain, context, answered)
  if (!before.ok) return before
  const withoutPromotions = totalOf(before.value)
  const { lines, totals, promotions = [] } = content.value
  const passedOver = input.promotions === undefined ? [] : passedOverOf(facts, input, before.value, context)
  return ok({
    total: totalOf(content.value),
    withoutPromotions,
    lines,
    ...(totals !== undefined && { totals }),
    promotions,
    passedOver,
  })
}

const passedOverOf = (
  facts: Facts,
  input: OrderContentInput,
  { lines }: OrderContent,
  context: PlanContext,
): readonly PassedOverPromotion[] => {
  const work = workOn(facts)
  const customer = input.customer === undefined ? undefined : work.find(partyKind, input.customer)?.state
  return decidePromotions(work, input, lines, customer?.class, context).passedOver
}

const planContextOf = (context: QueryContext): PlanContext => ({
  settings: context.settings,
  now: context.now(),
  today: () => dateOf(context.now()),
  ids: { of: () => previewed, number: () => previewed },
  actor: { kind: 'system', id: 'preview' },
})
