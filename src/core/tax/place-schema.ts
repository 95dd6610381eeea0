import { z } from 'zod'
import { lineSchema } from '../text/text-schema.js'
import type { TaxPlace } from './tax-table.js'

/** A country by ISO 3166-1 alpha-2: `DE`. */
export const countrySchema = z.string('type').regex(/^[A-Z]{2}$/, 'country.format')

/** A subdivision of a country by ISO 3166-2: `US-CA`, `CA-QC`, `IN-KA`. */
export const subdivisionSchema = z.string('type').regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'subdivision.format')

export const placeShape = {
  country: countrySchema,
  subdivision: subdivisionSchema.optional(),
  county: lineSchema(100).optional(),
  city: lineSchema(100).optional(),
} as const

/** A place of taxation. A subdivision belongs to its country (`subdivision.country`). */
export const taxPlaceSchema = z
  .strictObject(placeShape)
  .refine(({ country, subdivision }) => subdivision?.startsWith(`${country}-`) !== false, {
    message: 'subdivision.country',
    path: ['subdivision'],
  })
  .transform(({ country, subdivision, county, city }): TaxPlace => ({
    country,
    ...(subdivision !== undefined && { subdivision }),
    ...(county !== undefined && { county }),
    ...(city !== undefined && { city }),
  }))
