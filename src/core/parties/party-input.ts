import { z } from 'zod'
import { addressIdSchema } from '../ids/id-schema.js'
import { lineSchema } from '../text/text-schema.js'
import type { PartyRole } from './party.js'
import {
  addressBookSchema,
  emailSchema,
  largestAddressBook,
  phoneSchema,
  postalAddressSchema,
} from './personal-data.js'

const everyRole: readonly PartyRole[] = ['customer', 'vendor']

/** Each role counts once, in a fixed order, so that equal parties are found under equal entries. */
export const rolesSchema = z
  .array(z.enum(['customer', 'vendor']))
  .min(1, 'roles.min')
  .transform((roles): readonly PartyRole[] => everyRole.filter((role) => roles.includes(role)))

const nameSchema = lineSchema(200)

/** Who somebody is and how to reach them. All of it is personal data and goes where it can be erased. */
export const contactShape = {
  name: nameSchema.optional(),
  email: emailSchema.optional(),
  phone: phoneSchema.optional(),
  /** Ids are chosen by the host (`home`, `warehouse-2`); orders name them in `shipTo` and `billTo`. */
  addresses: addressBookSchema.optional(),
} as const

/** The same as a change: a field that is left out stays, `null` takes it away; addresses are merged by id. */
export const contactChangeShape = {
  name: nameSchema.nullable().optional(),
  email: emailSchema.nullable().optional(),
  phone: phoneSchema.nullable().optional(),
  addresses: z
    .array(z.strictObject({ id: addressIdSchema, address: postalAddressSchema.nullable() }))
    .min(1, 'change.empty')
    .max(2 * largestAddressBook, 'addresses.max')
    .optional(),
} as const

export type ContactChange = z.output<z.ZodObject<typeof contactChangeShape>>

/** The fields that a change names. */
export const changedFields = (change: ContactChange): readonly string[] =>
  (['name', 'email', 'phone', 'addresses'] as const).filter((field) => change[field] !== undefined)
