import { describe, expect, it } from 'vitest'
import { countedIds, fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { SettingsInput } from '../../../src/app/settings.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { formatProblem, shapeOf, writeNumber } from '../../../src/core/invoicing/number-format.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import { confirmed, newKey, packed, shipped, stock } from '../../support/shop.js'

const india = {
  pattern: 'KA/{year}/{number}',
  digits: 6,
  fiscalYear: { startsOn: '04-01', written: 'YY-YY' },
  longest: 16,
  signs: '-/',
} as const

const open = (settings: SettingsInput) => {
  const clock = fixedClock('2027-06-01T08:00:00.000Z')
  const storage = memoryStorage({ clock })
  const oms = createOrderManagement({ storage, clock, policy: trustHost, ids: countedIds(), settings })
  return { oms: oms.as({ actor: { kind: 'user', id: 'ada' } }) }
}

describe('the numbers of documents', () => {
  it('NR6 are written as the format says, within its longest form', () => {
    expect(writeNumber(india, 2026, 1)).toBe('KA/26-27/000001')
    expect(writeNumber(india, 2099, 1_234_567)).toBe('KA/99-00/1234567')
    expect(writeNumber(india, 2026, 12_345_678)).toBeUndefined()
    expect(writeNumber({ pattern: '{number}-R', digits: 4 }, undefined, 12)).toBe('0012-R')
  })

  it('NR1 count for each fiscal year by itself, by the date of the document', async () => {
    const { oms } = open({ numbering: { invoice: india } })
    await stock(oms, 'MUG', 100, '1.00')
    const numbers: string[] = []
    for (const shippedOn of ['2026-03-30', '2026-03-31', '2026-04-01', '2027-04-01', '2026-12-31']) {
      const order = await confirmed(oms, [{ sku: 'MUG', quantity: 1 }])
      const shipment = await packed(oms, order)
      const ship = await oms.orThrow.shipments.ship({ shipment, carrier: 'Post', shippedOn })
      numbers.push(ship.invoiceNumber ?? '')
    }
    expect(numbers).toEqual([
      'KA/25-26/000001',
      'KA/25-26/000002',
      'KA/26-27/000001',
      'KA/27-28/000001',
      'KA/26-27/000002',
    ])
  })

  it('NR1 count for each legal entity by itself, and its credit notes too', async () => {
    const { oms } = open({
      legalEntities: {
        acme: {
          invoice: { pattern: 'ACME-{number}', digits: 4 },
          credit_note: { pattern: 'ACME-CN-{number}', digits: 4 },
        },
      },
    })
    await stock(oms, 'MUG', 100, '1.00')
    const own = await shipped(oms, await confirmed(oms, [{ sku: 'MUG', quantity: 1 }]))
    const acme = await shipped(
      oms,
      await confirmed(oms, [{ sku: 'MUG', quantity: 1 }], { legalEntity: 'acme' }),
    )
    expect([own.invoiceNumber, acme.invoiceNumber]).toEqual(['INV-000001', 'ACME-0001'])
    const note = await oms.orThrow.invoices.credit({ invoice: acme.invoice, reason: 'returned' }, newKey())
    expect(note.number).toBe('ACME-CN-0001')
    expect(
      await oms.orders.place(
        { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }], legalEntity: 'acne' },
        newKey(),
      ),
    ).toMatchObject({ ok: false, error: { code: 'unknown_legal_entity' } })
  })

  it('NR4 are not given out any more when the format has no room', async () => {
    const { oms } = open({
      numbering: { invoice: { pattern: 'I{number}', digits: 1, longest: 2 } },
    })
    await stock(oms, 'MUG', 100, '1.00')
    for (let count = 1; count <= 9; count += 1) {
      await shipped(oms, await confirmed(oms, [{ sku: 'MUG', quantity: 1 }]))
    }
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 1 }])
    await expect(shipped(oms, order)).rejects.toMatchObject({ code: 'number_series_exhausted' })
  })

  it.each([
    [
      'one that could write the same number as another',
      { invoice: { pattern: 'CN-{number}', digits: 6 } },
      'settings.numbering.credit_note could write the same numbers as settings.numbering.invoice',
    ],
    [
      'one that differs in digits only',
      { invoice: { pattern: 'A{number}', digits: 6 }, credit_note: { pattern: 'A1{number}', digits: 6 } },
      'settings.numbering.credit_note could write the same numbers as settings.numbering.invoice',
    ],
    [
      'one that differs in case only',
      { invoice: { pattern: 'A-{number}', digits: 6 }, credit_note: { pattern: 'a-{number}', digits: 6 } },
      'settings.numbering.credit_note could write the same numbers as settings.numbering.invoice',
    ],
    [
      'one that begins anew without telling the year',
      { invoice: { pattern: 'INV-{number}', digits: 6, fiscalYear: { startsOn: '01-01', written: 'YYYY' } } },
      'it begins anew each fiscal year without a {year} in its pattern',
    ],
    ['one without a number', { invoice: { pattern: 'INV', digits: 6 } }, 'does not name {number} once'],
    [
      'one with a year that has no fiscal year',
      { invoice: { pattern: 'I-{year}-{number}', digits: 6 } },
      'names a {year}, but it has no fiscal year',
    ],
    [
      'one whose first number is too long',
      { invoice: { pattern: 'INVOICE-{number}', digits: 9, longest: 16 } },
      'its numbers have 17 characters and may not have so many',
    ],
    [
      'one with a sign that may not stand in a number',
      { invoice: { ...india, pattern: 'K.{year}/{number}' } },
      'settings.numbering.invoice cannot be used: its numbers have a . and may not have it',
    ],
    [
      'one with an underscore, which is no letter',
      { invoice: { ...india, pattern: 'K_{year}/{number}' } },
      'its numbers have a _ and may not have it',
    ],
    [
      'one whose fiscal year is written with a sign that may not stand in a number',
      { invoice: { ...india, signs: '/' } },
      'its numbers have a - and may not have it',
    ],
    [
      'one that allows a sign that no number has',
      { invoice: { ...india, signs: '-/#' } },
      'its signs are not some of -/._',
    ],
    [
      'a fiscal year that begins on no day',
      {
        invoice: {
          pattern: '{year}-{number}',
          digits: 6,
          fiscalYear: { startsOn: '02-30', written: 'YYYY' },
        },
      },
      'its fiscal year begins on no day',
    ],
  ] satisfies readonly (readonly [string, SettingsInput['numbering'], string])[])(
    'NR6 refuses a format that collides or breaks its own bounds: %s',
    (_name, numbering, reason) => {
      expect(() => open({ numbering })).toThrow(
        expect.objectContaining({ code: 'configuration', message: expect.stringContaining(reason) }),
      )
    },
  )

  it('NR6 refuses two legal entities whose formats differ in case only', () => {
    const legalEntities = { acme: { invoice: { pattern: 'inv-{number}', digits: 4 } } }
    expect(() => open({ legalEntities })).toThrow(
      'settings.legalEntities.acme.invoice could write the same numbers as settings.numbering.invoice',
    )
  })

  it('NR6 knows formats that cannot collide from those that could', () => {
    expect(formatProblem(india)).toBeUndefined()
    expect(shapeOf({ pattern: 'A{number}', digits: 1 })).toBe(shapeOf({ pattern: 'A12{number}', digits: 4 }))
    expect(shapeOf({ pattern: 'A-{number}', digits: 1 })).not.toBe(
      shapeOf({ pattern: 'A{number}', digits: 1 }),
    )
    expect(formatProblem({ ...india, pattern: 'ka-{year}/{number}', digits: 5 })).toBeUndefined()
    expect(formatProblem({ pattern: 'K_1.{number}', digits: 4 })).toBeUndefined()
  })
})
