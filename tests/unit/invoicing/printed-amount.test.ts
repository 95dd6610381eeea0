import { expect, it } from 'vitest'
import { printedAt } from '../../../src/core/invoicing/printed-amount.js'

const document = {
  total: { amount: '11.90', currency: 'EUR' },
  lines: [{ name: 'Mug', net: { amount: '10.00', currency: 'EUR' }, quantity: 1, note: null }],
}

it.each([
  ['total', '11.90'],
  ['lines.0.net', '10.00'],
  ['lines.1.net', undefined],
  ['lines.0.name', undefined],
  ['lines.0.name.length', undefined],
  ['lines.0.note', undefined],
  ['lines.0.note.amount', undefined],
  ['lines.0', undefined],
  ['lines', undefined],
  ['total.amount', undefined],
  ['constructor', undefined],
])('F130 under %s stands %s', (path, amount) => {
  expect(printedAt(document, path.split('.'))).toBe(amount)
})
