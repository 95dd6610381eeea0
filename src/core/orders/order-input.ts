import { z } from 'zod'
import { quantitySchema } from '../catalog/quantity.js'
import {
  addressIdSchema,
  legalEntitySchema,
  lineIdSchema,
  locationIdSchema,
  partyIdSchema,
  referenceSchema,
  reservationIdSchema,
  skuSchema,
  wordSchema,
} from '../ids/id-schema.js'
import { currencySchema, moneySchema, unitPriceSchema } from '../money/money-schema.js'
import { postalAddressSchema } from '../parties/personal-data.js'
import { invoiceTriggers } from '../pricing/invoice-trigger.js'
import { lineIdAt } from '../pricing/price-lines.js'
import { recurringSchema } from '../pricing/recurring-schema.js'
import { wantedPromotionsSchema } from '../promotions/promotion-schema.js'
import { depositOnSchema } from './deposit-input.js'
import type { OrderHoldReason } from './order.js'
import { metadataSchema, textSchema } from '../text/text-schema.js'
import { taxPlaceSchema } from '../tax/place-schema.js'
import { taxTreatmentSchema } from '../tax/tax-schema.js'
import { withholdingsSchema } from '../tax/withholding-schema.js'
import { localDateSchema } from '../time/time-schema.js'
import { documentAdjustmentsSchema, lineAdjustmentsSchema } from '../totals/adjustment-schema.js'

const invoiceTriggerSchema = z.enum(invoiceTriggers)

const lineSchema = z
  .strictObject({
    /** Stable name of the line within the order; `L1`, `L2`, … when left out. */
    id: lineIdSchema.optional(),
    sku: skuSchema,
    /** A whole number for pieces, a decimal text for units with decimals (`"1.5"`). */
    quantity: quantitySchema,
    /** Overrules catalog and price lists: a negotiated or imported price, up to 8 decimals. */
    unitPrice: unitPriceSchema.optional(),
    location: locationIdSchema.optional(),
    /** What makes its units billable, where it is not what the order says. */
    invoiceTrigger: invoiceTriggerSchema.optional(),
    /** It is sold by the period: quantity and price are those of one whole period, and the line is of all of them. Only what is not kept in stock. */
    recurring: recurringSchema.optional(),
    /** Discounts and charges on this line alone. */
    adjustments: lineAdjustmentsSchema.optional(),
    /** How it is taxed, by a word of the tax table; the product's tax class when left out. */
    taxClass: wordSchema.optional(),
    /** How it is taxed, written out: overrules the tax table. */
    tax: taxTreatmentSchema.optional(),
  })
  .refine(({ tax, taxClass }) => tax === undefined || taxClass === undefined, {
    message: 'tax.one',
    path: ['tax'],
  })
  .refine(({ recurring, invoiceTrigger }) => recurring === undefined || invoiceTrigger === undefined, {
    message: 'recurrence.trigger',
    path: ['invoiceTrigger'],
  })

const linesSchema = z
  .array(lineSchema)
  .min(1, 'lines.min')
  .superRefine((lines, context) => {
    const ids = new Set<string>()
    for (const [index, line] of lines.entries()) {
      const id = lineIdAt(line.id, index)
      if (ids.has(id)) context.addIssue({ code: 'custom', message: 'line.duplicateId', path: [index, 'id'] })
      ids.add(id)
    }
  })

/** The sizes of notes and metadata are settings: they are measured at the door, which knows them, before any schema. */
const limitedBySettings = Number.MAX_SAFE_INTEGER

/** What every touch point captures (M12): products, quantities, payment, delivery, and who ordered where. */
export const orderContentShape = {
  /** Where the order came from: `web`, `phone`, `store`, `marketplace`, `edi`, … in the host's own words (M1–M11). */
  channel: wordSchema,
  /** The channel's own order number: a second order with it is refused as `order_exists`. */
  reference: referenceSchema.optional(),
  /** The customer's purchase-order number. */
  purchaseOrder: referenceSchema.optional(),
  customer: partyIdSchema.optional(),
  /** Which legal entity of the business sells and issues the documents, as the settings name it; the business itself when left out. */
  legalEntity: legalEntitySchema.optional(),
  currency: currencySchema,
  lines: linesSchema,
  /** An address of the customer by id, or one written out for this order alone. */
  shipTo: z.union([addressIdSchema, postalAddressSchema]).optional(),
  billTo: addressIdSchema.optional(),
  payment: z
    .strictObject({
      method: wordSchema,
      terms: z.enum(['prepaid', 'on_account']),
      /** Payment terms of the settings by their name; those of the customer when left out. They tell when an order on account is due. */
      termsName: wordSchema.optional(),
    })
    .optional(),
  delivery: z.strictObject({ method: wordSchema, requestedOn: localDateSchema.optional() }).optional(),
  /** Special requests and notes (M20). Kept with the personal data, since people write names into them. */
  note: textSchema(limitedBySettings).optional(),
  metadata: metadataSchema(limitedBySettings, limitedBySettings).optional(),
  /** 0 to 9: whose backorders are filled first where the setting `backorders` goes by priority, the higher the sooner. 0 when left out. */
  priority: z.int('type').min(0, 'priority.range').max(9, 'priority.range').optional(),
  /** The day of the order in the business's books; the store's day when left out. */
  orderedOn: localDateSchema.optional(),
  /** The fact that makes units billable, with which their invoice is issued: that they were ordered, have left (when left out), have arrived, or were accepted. */
  invoiceTrigger: invoiceTriggerSchema.optional(),
  /**
   * `consolidated`: what becomes billable is not invoiced with the fact but waits to be billed with other orders of its customer (`invoices.billTogether`,
   * `invoices.billConsolidated`). Needs a customer.
   */
  billing: z.enum(['consolidated']).optional(),
  /**
   * Deposits that are claimed with a fact, in its commit: a share of the price in percent with tax, or an amount with tax. Together no more than the price, and
   * none where every line is billed `on_order`: refused as `quantity_exceeded`.
   */
  depositOn: depositOnSchema.optional(),
  /** Whether prices, discounts and charges contain the tax; as the settings say when left out. */
  prices: z.enum(['net', 'gross']).optional(),
  /**
   * Where lines without a `unitPrice` get theirs: `catalog` (when left out), the product's own price; `lists`, the price lists. A line that no list has a
   * price for is refused as `price_missing`.
   */
  priceFrom: z.enum(['catalog', 'lists']).optional(),
  /** Discounts and charges on the whole order: a voucher, shipping, a fee. */
  adjustments: documentAdjustmentsSchema.optional(),
  /**
   * Asks for promotions: those that need no coupon, and those of the coupons that are named. Without it an order gets none. A coupon that gives nothing is
   * refused as `promotion_unavailable`.
   */
  promotions: wantedPromotionsSchema.optional(),
  /** Where it is taxed; the place of `shipTo` when left out, and without one the seller's. */
  taxPlace: taxPlaceSchema.optional(),
  /** What the customer keeps back of its invoices and pays to the tax office for the seller; what was declared for the customer when left out. */
  withholdings: withholdingsSchema.optional(),
  /** What the customer was shown to be due, tax included. Only compared, never trusted: another one is refused as `total_mismatch`. */
  expectedTotal: moneySchema.optional(),
} as const

export const orderContentSchema = z.strictObject(orderContentShape)
export type OrderContentInput = z.output<typeof orderContentSchema>

/** Why an order must not move on. */
export const orderHoldReasonSchema = z.enum([
  'awaiting_payment',
  'fraud_risk',
  'incorrect_address',
  'out_of_stock',
  'awaiting_return',
  'customer_request',
  'customer_stopped',
  'other',
]) satisfies z.ZodType<OrderHoldReason>

/** A stock hold to be turned into the order's reservation, and who owns it. */
export const heldStockSchema = z.strictObject({
  reservation: reservationIdSchema,
  owner: wordSchema,
  /**
   * What to do when the hold is over or was released: refuse (the default), or `reacquire`, which asks for the stock afresh in the same commit, as if
   * there had been no hold (RS4).
   */
  whenLate: z.enum(['refuse', 'reacquire']).optional(),
})

/**
 * What to do when an order wants more than lies there. `backorder` (the default) promises within the backorder allowance of each level, which is nothing
 * unless one was configured, and refuses the order as a whole beyond it. `refuse` promises only goods that are there, all lines or none. `reduce`
 * places what is there, cancels the rest as `out_of_stock` in the same commit and says so in the answer; it is refused only when nothing is there.
 */
export const whenShortSchema = z.enum(['refuse', 'backorder', 'reduce'])
