import type { ContactChange } from './party-input.js'
import type { PersonalData } from './personal-data.js'

/** A party's personal data with the given fields changed: those left out stay, `null` takes one away, addresses are merged by id. */
export const mergeContact = (known: PersonalData, change: ContactChange): PersonalData => {
  const { name: _name, email: _email, phone: _phone, ...rest } = known
  const name = merged(known.name, change.name)
  const email = merged(known.email, change.email)
  const phone = merged(known.phone, change.phone)
  return {
    ...rest,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    addresses: mergedAddresses(known.addresses, change.addresses ?? []),
  }
}

const merged = (known: string | undefined, change: string | null | undefined): string | undefined =>
  change === undefined ? known : (change ?? undefined)

const mergedAddresses = (
  known: PersonalData['addresses'],
  changes: NonNullable<ContactChange['addresses']>,
): PersonalData['addresses'] => {
  const book = new Map(known.map(({ id, address }) => [id, address]))
  for (const { id, address } of changes) {
    if (address === null) book.delete(id)
    else book.set(id, address)
  }
  return [...book].map(([id, address]) => ({ id, address }))
}
