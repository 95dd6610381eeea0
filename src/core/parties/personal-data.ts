import { z } from 'zod'
import { addressIdSchema } from '../ids/id-schema.js'
import type { AddressId } from '../ids/ids.js'
import { noEntries, type DerivedKind } from '../record-kind.js'
import { looksLikeCardNumber } from '../text/card-number.js'
import { lineSchema } from '../text/text-schema.js'

/** Where goods or documents go. Country by ISO 3166-1 alpha-2. */
export const postalAddressSchema = z.strictObject({
  name: lineSchema(200),
  street: lineSchema(200),
  extra: lineSchema(200).optional(),
  city: lineSchema(200),
  region: lineSchema(100).optional(),
  postalCode: lineSchema(20).optional(),
  country: z.string('type').regex(/^[A-Z]{2}$/, 'country.format'),
})
export type PostalAddress = z.output<typeof postalAddressSchema>

/** Checked for length before shape, by a pattern that cannot backtrack; whether the mailbox exists only a message can tell. */
export const emailSchema = lineSchema(254).refine(
  (text) => /^[^\s@<>"]{1,64}@[^\s@<>"]+$/.test(text),
  'email.format',
)
export const phoneSchema = z
  .string('type')
  .max(32, 'phone.format')
  .regex(/^\+?[0-9][0-9 ()./-]{3,}$/, 'phone.format')
  // An international number may be as long as a card's, and begins with a sign or with 00. A card's never does.
  .refine((text) => /^[+0]/.test(text) || !looksLikeCardNumber(text), 'text.cardNumber')

export const largestAddressBook = 50

export const addressBookSchema = z
  .array(z.strictObject({ id: addressIdSchema, address: postalAddressSchema }))
  .max(largestAddressBook, 'addresses.max')
  .superRefine((book, context) => {
    const ids = new Set<string>()
    for (const [index, { id }] of book.entries()) {
      if (ids.has(id))
        context.addIssue({ code: 'custom', message: 'address.duplicateId', path: [index, 'id'] })
      ids.add(id)
    }
  })

/**
 * What tells who somebody is, in a record of its own that can be erased: of a party (its id) or of one order (the order's id). Events and
 * other records hold references only, so erasing this record erases the person everywhere.
 */
export interface PersonalData {
  readonly subject: string
  /** Random; what is hashed with it cannot be guessed any more once it is erased with the rest. */
  readonly salt?: string
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly addresses: readonly { readonly id: AddressId; readonly address: PostalAddress }[]
  readonly shipTo?: PostalAddress
  readonly note?: string
}

export const personalDataKind: DerivedKind<PersonalData> = {
  name: 'personal_data',
  derived: true,
  entries: noEntries,
}
