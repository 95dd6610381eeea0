import { z } from 'zod'
import { wordSchema } from '../ids/id-schema.js'
import { taxPercentSchema } from '../money/money-schema.js'
import { lineSchema, textSchema } from '../text/text-schema.js'
import { localDateSchema } from '../time/time-schema.js'
import { countrySchema, placeShape, subdivisionSchema, taxPlaceSchema } from './place-schema.js'
import type { BuyerTaxes, TaxExemption, TaxTable } from './tax-table.js'
import type { TaxCategory, TaxComponent, TaxTreatment } from './tax-treatment.js'

const categories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M'] as const satisfies readonly TaxCategory[]
const taxing: readonly TaxCategory[] = ['S', 'L', 'M']

const componentSchema = z
  .strictObject({ name: lineSchema(50), percent: taxPercentSchema, compound: z.literal(true).optional() })
  .transform(({ name, percent, compound }): TaxComponent => ({
    name,
    percent,
    ...(compound === true && { compound }),
  }))

const treatmentShape = {
  category: z.enum(categories),
  /** The taxes, each levied on the amount without tax, or, if `compound`, on the amount with those before it. */
  components: z.array(componentSchema).max(8, 'tax.components'),
  /** Why no tax is due, as it stands on documents. */
  exemption: lineSchema(500).optional(),
} as const

type ReadTreatment = z.output<z.ZodObject<typeof treatmentShape>>

/** Standard rate and its island twins bear taxes, all other categories none or such of zero percent. */
const keepsCategory = ({ category, components }: ReadTreatment): boolean =>
  taxing.includes(category) ? components.length > 0 : components.every(({ percent }) => percent === '0')

const brokenCategory = { message: 'tax.category', path: ['category'] }

const treatmentOf = ({ category, components, exemption }: ReadTreatment): TaxTreatment => ({
  category,
  components,
  ...(exemption !== undefined && { exemption }),
})

/** A tax treatment written out. Refuses rates that are numbers (`tax.unit`) and taxes under a category that has none (`tax.category`). */
export const taxTreatmentSchema = z
  .strictObject(treatmentShape)
  .refine(keepsCategory, brokenCategory)
  .transform(treatmentOf)

const validityShape = { from: localDateSchema, to: localDateSchema.optional() } as const

const isInOrder = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) =>
  from === undefined || to === undefined || from <= to

const brokenRange = { message: 'range.order', path: ['to'] }

const exemptionSchema = z
  .strictObject({
    /** The number of the certificate. */
    certificate: lineSchema(100),
    country: countrySchema,
    /** Whose taxes it frees, with those of its counties and cities; all taxes of the country when left out. */
    subdivision: subdivisionSchema.optional(),
    /** What it frees; everything when left out. */
    taxClasses: z.array(wordSchema).min(1, 'tax.classes').max(50, 'tax.classes').optional(),
    /** Which of those taxes it frees, by the names in the tax table, such as `PST`; all of them when left out. */
    taxes: z.array(lineSchema(50)).min(1, 'tax.names').max(8, 'tax.names').optional(),
    category: z.enum(['Z', 'E', 'AE', 'K', 'G', 'O']),
    reason: lineSchema(500),
    ...validityShape,
  })
  .refine(isInOrder, brokenRange)

/** Tax registration numbers and exemption certificates of a customer. They tell who somebody is, so they are personal data. */
export const buyerTaxesShape = {
  registrations: z
    .array(z.strictObject({ country: countrySchema, number: lineSchema(50) }))
    .max(50, 'tax.registrations')
    .optional(),
  exemptions: z.array(exemptionSchema).max(50, 'tax.exemptions').optional(),
} as const

/** Without fields that are undefined, so that what is stored is what is read back. */
export const buyerTaxesOf = ({
  registrations = [],
  exemptions = [],
}: z.output<z.ZodObject<typeof buyerTaxesShape>>): BuyerTaxes => ({
  registrations,
  exemptions: exemptions.map(({ subdivision, taxClasses, taxes, to, ...rest }): TaxExemption => ({
    ...rest,
    ...(subdivision !== undefined && { subdivision }),
    ...(taxClasses !== undefined && { taxClasses }),
    ...(taxes !== undefined && { taxes }),
    ...(to !== undefined && { to }),
  })),
})

const rateSchema = z
  .strictObject({
    ...placeShape,
    ...treatmentShape,
    taxClass: wordSchema,
    ...validityShape,
    adds: z.literal(true).optional(),
  })
  .refine(keepsCategory, brokenCategory)
  .refine(isInOrder, brokenRange)

const ruleSchema = z
  .strictObject({
    buyer: z.enum(['same_country', 'same_union', 'elsewhere']).optional(),
    registered: z.boolean('type').optional(),
    taxClasses: z.array(wordSchema).min(1, 'tax.classes').optional(),
    from: localDateSchema.optional(),
    to: localDateSchema.optional(),
    treatment: z.union([taxTreatmentSchema, z.enum(['rate_of_buyer', 'rate_of_seller'])]),
  })
  .refine(isInOrder, brokenRange)

/** The table of the settings. */
export const taxTableSchema: z.ZodType<TaxTable> = z.strictObject({
  seller: taxPlaceSchema,
  sellers: z.record(textSchema(64), taxPlaceSchema).optional(),
  union: z.array(countrySchema).optional(),
  rates: z.array(rateSchema),
  rules: z.array(ruleSchema).optional(),
  defaultClass: wordSchema.optional(),
}) as never
