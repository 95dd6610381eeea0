import { z } from 'zod'
import { invoiceIdSchema, referenceSchema, wordSchema } from '../ids/id-schema.js'
import { positiveMoneySchema } from '../money/money-schema.js'
import { looksLikeCardNumber } from '../text/card-number.js'
import { lineSchema } from '../text/text-schema.js'

/** Invoices to apply a payment to, in this order; without an amount as much as is open and left. */
export const wantedApplicationsSchema = z
  .array(z.strictObject({ invoice: invoiceIdSchema, amount: positiveMoneySchema.optional() }))
  .min(1, 'invoices.min')
  .max(500, 'invoices.max')

export type WantedApplications = readonly z.output<typeof wantedApplicationsSchema>[number][]

const holdsNoCardNumber = (text: string): boolean => !looksLikeCardNumber(text)

/** How it was paid, a word of the host's own such as `card` or `bank_transfer`. */
export const paymentMethodSchema = wordSchema.refine(holdsNoCardNumber, 'text.cardNumber')
/** The provider's reference. A card number is refused wherever it stands (PY6). */
export const paymentReferenceSchema = referenceSchema.refine(holdsNoCardNumber, 'text.cardNumber')
/** Why, in a few words and without names: it is kept in the log for good. */
export const paymentReasonSchema = lineSchema(200)
