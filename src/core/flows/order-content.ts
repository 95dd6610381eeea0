import { productKind } from '../catalog/product.js'
import type { PlanContext, Seen } from '../command.js'
import type { Key } from '../ids/key.js'
import type { OrderId } from '../ids/ids.js'
import { compare } from '../money/money.js'
import { mayAgreeDeposits } from '../orders/deposit-amounts.js'
import type { OrderContentInput } from '../orders/order-input.js'
import { orderReferenceId, orderReferenceKind } from '../orders/order-reference.js'
import { totalOf, type OrderContent } from '../orders/order-content.js'
import { partyKind, type Party } from '../parties/party.js'
import { personalDataKind } from '../parties/personal-data.js'
import { knownEntity } from '../invoicing/number-series.js'
import type { PaymentTerms } from '../pricing/payment-terms.js'
import type { Work } from '../plan.js'
import { priceLines } from '../pricing/price-lines.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { dateOf } from '../time/local-date.js'
import { withAnswer, type AnsweredTaxes } from './ask-for-taxes.js'
import { calculateOrder, taxKeys } from './calculate-order.js'
import { lockedProducts } from './compose-kit.js'
import { listPriceKeys, priceFromLists } from './price-from-lists.js'
import { promoteOrder, promotionKeys } from './promote-order.js'
import { stopped } from './stop-orders.js'
import { withinLargest } from './within-largest.js'

/**
 * The records an order's content rests on: products, customer, the channel's reference, its personal data where it has any, price lists and promotions where it
 * asks for them, and where sales are taxed what decides how.
 */
export const contentKeys = (
  input: OrderContentInput,
  order: string,
  settings: Settings,
  seen: Seen,
): readonly Key[] => {
  const keys: Key[] = [...new Set(input.lines.map((line) => line.sku))].map((sku) => ({
    kind: productKind.name,
    id: sku,
  }))
  if (input.customer !== undefined) keys.push({ kind: partyKind.name, id: input.customer })
  if (input.reference !== undefined) {
    keys.push({ kind: orderReferenceKind.name, id: orderReferenceId(input.channel, input.reference) })
  }
  if (hasPersonalData(input)) keys.push({ kind: personalDataKind.name, id: order })
  keys.push(...taxKeys(input, settings))
  if (input.priceFrom === 'lists') keys.push(...listPriceKeys(input, seen))
  if (input.promotions !== undefined) keys.push(...promotionKeys(input, seen))
  return keys
}

/** Checks, prices and taxes what is wanted, takes the channel's reference and puts what is personal apart. */
export const agreeContent = (
  work: Work,
  order: OrderId,
  input: OrderContentInput,
  context: PlanContext,
  answered?: AnsweredTaxes,
): Result<OrderContent, Refusal> => {
  const calculated = calculateContent(work, input, context, answered)
  if (!calculated.ok) return calculated
  const total = totalOf(calculated.value)
  const bounded = withinLargest({ lines: calculated.value.lines, total }, 'lines')
  if (!bounded.ok) return bounded
  const deposits = input.depositOn === undefined ? undefined : mayAgreeDeposits(calculated.value)
  if (deposits?.ok === false) return deposits
  if (input.expectedTotal !== undefined) {
    if (input.expectedTotal.currency !== total.currency) {
      return refuse('currency_mismatch', { expected: total.currency, got: input.expectedTotal.currency })
    }
    if (compare(input.expectedTotal, total) !== 0) return refuse('total_mismatch', { total })
  }
  const claimed = claimReference(work, order, input)
  if (!claimed.ok) return claimed
  keepPersonalData(work, order, input, context)
  return calculated
}

/** What an order would come to, also where that is more than an amount can be: without its promotions it may be. */
export const calculateContent = (
  work: Work,
  input: OrderContentInput,
  context: PlanContext,
  answered?: AnsweredTaxes,
): Result<OrderContent, Refusal> => {
  const limited = withinLimits(input, context)
  if (!limited.ok) return limited
  const entity = knownEntity(context.settings, input.legalEntity)
  if (!entity.ok) return entity
  const customer = input.customer === undefined ? undefined : work.find(partyKind, input.customer)?.state
  if (input.customer !== undefined && customer?.status !== 'active')
    return refuse('unknown_party', { party: input.customer })
  if (customer?.stop?.orders === 'refuse') return stopped(customer.id, customer.stop)
  if (input.billing === 'consolidated' && customer === undefined) {
    return refuse('validation_failed', { issues: [{ path: ['customer'], rule: 'customer.consolidated' }] })
  }
  const address = unknownAddress(input, customer)
  if (address !== undefined) return refuse('unknown_address', { address })
  const wanted =
    input.priceFrom === 'lists' ? priceFromLists(work, input, customer?.class, context) : undefined
  if (wanted?.ok === false) return wanted
  const lines = priceLines(
    wanted?.value ?? input.lines,
    input.currency,
    context.settings.defaultLocation,
    context.settings.limits,
    lockedProducts(work),
  )
  if (!lines.ok) return lines
  const sumLimit = context.settings.limits.quantityPerOrder
  const quantity = input.lines.reduce((sum, line) => sum + Number(line.quantity), 0)
  if (quantity > sumLimit) return refuse('limit_exceeded', { limit: 'quantityPerOrder', most: sumLimit })
  const foreign = input.adjustments?.find(
    (adjustment) => 'amount' in adjustment && adjustment.amount.currency !== input.currency,
  )
  if (foreign !== undefined && 'amount' in foreign) {
    return refuse('currency_mismatch', { expected: input.currency, got: foreign.amount.currency })
  }
  const termsName = input.payment?.termsName ?? customer?.termsName
  const terms = termsName === undefined ? undefined : context.settings.termsOf(termsName)
  if (termsName !== undefined && terms === undefined) return refuse('unknown_terms', { terms: termsName })
  const content = withheldFrom(
    contentOf(input, lines.value, agreedPayment(input, termsName, terms), context),
    input.withholdings ?? customer?.withholdings,
  )
  const promoted =
    input.promotions === undefined ? undefined : promoteOrder(work, input, content, customer?.class, context)
  if (promoted?.ok === false) return promoted
  const priced = promoted?.value ?? content
  return calculateOrder(work, answered === undefined ? priced : withAnswer(priced, answered), input, context)
}

const onAccount: OrderContent['payment'] = { method: 'invoice', terms: 'on_account' }

/** The terms are agreed with the order: whatever the settings say when it is billed, these hold. */
const agreedPayment = (
  { payment }: OrderContentInput,
  name: string | undefined,
  agreed: PaymentTerms | undefined,
): OrderContent['payment'] => {
  if (payment === undefined && agreed === undefined) return onAccount
  const { method, terms } = payment ?? onAccount
  return name === undefined || agreed === undefined
    ? { method, terms }
    : { method, terms, agreed: { name, terms: agreed } }
}

const contentOf = (
  input: OrderContentInput,
  lines: OrderContent['lines'],
  payment: OrderContent['payment'],
  context: PlanContext,
): OrderContent => ({
  channel: input.channel,
  ...(input.reference !== undefined && { reference: input.reference }),
  ...(input.purchaseOrder !== undefined && { purchaseOrder: input.purchaseOrder }),
  ...(input.customer !== undefined && { customer: input.customer }),
  ...(input.legalEntity !== undefined && { legalEntity: input.legalEntity }),
  ...(typeof input.shipTo === 'string' && { shipTo: input.shipTo }),
  ...(input.billTo !== undefined && { billTo: input.billTo }),
  currency: input.currency,
  lines,
  orderedOn: input.orderedOn ?? dateOf(context.now),
  payment,
  delivery: {
    method: input.delivery?.method ?? 'standard',
    ...(input.delivery?.requestedOn !== undefined && { requestedOn: input.delivery.requestedOn }),
  },
  ...(input.metadata !== undefined && { metadata: input.metadata }),
  ...(input.priority !== undefined && { priority: input.priority }),
  ...(input.adjustments !== undefined && input.adjustments.length > 0 && { adjustments: input.adjustments }),
  ...(input.invoiceTrigger !== undefined && { invoiceTrigger: input.invoiceTrigger }),
  ...(input.billing !== undefined && { billing: input.billing }),
  ...(input.depositOn !== undefined && { depositOn: input.depositOn }),
})

/** An order that names none is free of what was declared for its customer. */
const withheldFrom = (content: OrderContent, withholdings: OrderContent['withholdings']): OrderContent =>
  withholdings === undefined || withholdings.length === 0 ? content : { ...content, withholdings }

const withinLimits = (input: OrderContentInput, context: PlanContext): Result<void, Refusal> => {
  const { quantityPerLine } = context.settings.limits
  const tooMuch = input.lines.find((line) => Number(line.quantity) > quantityPerLine)
  return tooMuch === undefined
    ? ok(undefined)
    : refuse('limit_exceeded', { limit: 'quantityPerLine', most: quantityPerLine, sku: tooMuch.sku })
}

const unknownAddress = (input: OrderContentInput, customer: Party | undefined): string | undefined =>
  [typeof input.shipTo === 'string' ? input.shipTo : undefined, input.billTo].find(
    (address) => address !== undefined && !customer?.addresses.includes(address),
  )

const claimReference = (work: Work, order: OrderId, input: OrderContentInput): Result<void, Refusal> => {
  if (input.reference === undefined) return ok(undefined)
  const id = orderReferenceId(input.channel, input.reference)
  const taken = work.find(orderReferenceKind, id)?.state
  if (taken !== undefined && taken.order !== order) {
    return refuse('order_exists', { channel: input.channel, reference: input.reference, order: taken.order })
  }
  if (taken === undefined) work.put(orderReferenceKind, id, { order })
  return ok(undefined)
}

/** The fields in which an order says who somebody is; an address of the customer's book is named by its id alone. */
export const personalFields = (input: OrderContentInput): readonly string[] =>
  hasPersonalData(input) ? ['shipTo', 'note'] : nothingPersonal

const nothingPersonal: readonly string[] = []

const hasPersonalData = (input: OrderContentInput): boolean =>
  input.note !== undefined || typeof input.shipTo === 'object'

const keepPersonalData = (
  work: Work,
  order: OrderId,
  input: OrderContentInput,
  { ids }: PlanContext,
): void => {
  if (!hasPersonalData(input)) return
  work.put(personalDataKind, order, {
    subject: order,
    salt: ids.of('salt'),
    addresses: [],
    ...(typeof input.shipTo === 'object' && { shipTo: input.shipTo }),
    ...(input.note !== undefined && { note: input.note }),
  })
}
