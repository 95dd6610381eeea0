import { beforeAll, describe, expect, it } from 'vitest'
import type { OrderManagementFor } from 'orderwright'
import { partyKind } from '../../../src/core/parties/party.js'
import { personalDataKind, type PersonalData } from '../../../src/core/parties/personal-data.js'
import { plantDrift } from '../../support/plant-drift.js'
import { newKey, openShop, type Shop } from '../../support/shop.js'

let shop: Shop
let oms: OrderManagementFor
beforeAll(async () => {
  shop = openShop()
  oms = shop.oms
  for (const id of ['gone', 'here']) await oms.orThrow.parties.register({ id, roles: ['customer'] }, newKey())
  await oms.orThrow.parties.erase({ party: 'gone' })
})

const versions = async () => {
  const events: string[] = []
  for (const id of ['gone', 'here']) {
    const { items } = await oms.orThrow.parties.list({})
    events.push(...items.filter((party) => party.id === id).map((party) => JSON.stringify(party)))
  }
  return events
}

describe('a party that was erased', () => {
  it.each([
    ['class', () => oms.parties.classify({ party: 'gone', class: 'gold' })],
    ['terms', () => oms.parties.agreeTerms({ party: 'gone', termsName: null })],
    [
      'tax registrations',
      () => oms.parties.declareTaxes({ party: 'gone', registrations: [], exemptions: [] }),
    ],
    ['stop', () => oms.parties.stopOrders({ party: 'gone', orders: 'hold', reason: 'credit' })],
    ['new contact', () => oms.parties.changeContact({ party: 'gone', name: 'Ada' })],
  ])('takes no %s any more, as if it had never been', async (_what, send) => {
    const before = await versions()
    expect(await send()).toMatchObject({
      ok: false,
      error: { code: 'unknown_party', details: { party: 'gone' } },
    })
    expect(await versions()).toEqual(before)
  })

  it('is erased once more without harm', async () => {
    expect(await oms.parties.erase({ party: 'gone' })).toMatchObject({ ok: true })
  })
})

describe('what is so already', () => {
  it.each([
    ['terms', () => oms.parties.agreeTerms({ party: 'here', termsName: null })],
    ['class', () => oms.parties.classify({ party: 'here', class: null })],
    ['orders taken', () => oms.parties.allowOrders({ party: 'here', reason: 'paid' })],
  ])('%s: leaves no event', async (_what, send) => {
    const before = await shop.storage.read('main' as never, [{ kind: partyKind.name, id: 'here' }])
    expect(await send()).toMatchObject({ ok: true, value: { party: 'here' } })
    expect(await shop.storage.read('main' as never, [{ kind: partyKind.name, id: 'here' }])).toEqual(before)
  })
})

it('personal data from before it was salted has a salt from its next change on', async () => {
  const salt = async () => (await shop.stored(personalDataKind, 'here')).salt
  await plantDrift<PersonalData>(shop.storage, 'personal_data', 'here', ({ salt: _salt, ...data }) => data)
  expect(await salt()).toBeUndefined()
  await oms.orThrow.parties.changeContact({ party: 'here', name: 'Ada' })
  expect(await salt()).toMatch(/^[0-9a-f-]{36}$/)
})
