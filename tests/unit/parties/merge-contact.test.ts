import { describe, expect, it } from 'vitest'
import { mergeContact } from '../../../src/core/parties/merge-contact.js'
import type { PersonalData } from '../../../src/core/parties/personal-data.js'
import type { AddressId } from '../../../src/core/ids/ids.js'

const address = (city: string) => ({ name: 'Ada', street: 'Main 1', city, country: 'GB' })
const home = 'home' as AddressId
const work = 'work' as AddressId
const known: PersonalData = {
  subject: 'C-1',
  name: 'Ada',
  email: 'ada@example.com',
  addresses: [
    { id: home, address: address('London') },
    { id: work, address: address('Leeds') },
  ],
}

describe('merging contact data', () => {
  it('keeps what the change leaves out', () => {
    expect(mergeContact(known, { phone: '+44 20 7946 0000' })).toEqual({
      ...known,
      phone: '+44 20 7946 0000',
    })
    expect(mergeContact(known, {})).toEqual(known)
  })

  it('takes away what the change sets to null', () => {
    const merged = mergeContact(known, { email: null, addresses: [{ id: work, address: null }] })
    expect(merged).toEqual({
      subject: 'C-1',
      name: 'Ada',
      addresses: [{ id: home, address: address('London') }],
    })
    expect(merged).not.toHaveProperty('email')
  })

  it('merges addresses by id: one is replaced in its place, a new one comes last', () => {
    const spare = 'spare' as AddressId
    expect(
      mergeContact(known, {
        addresses: [
          { id: spare, address: address('Hull') },
          { id: home, address: address('York') },
        ],
      }).addresses,
    ).toEqual([
      { id: home, address: address('York') },
      { id: work, address: address('Leeds') },
      { id: spare, address: address('Hull') },
    ])
  })
})
