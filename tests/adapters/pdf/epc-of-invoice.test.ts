import { describe, expect, it } from 'vitest'
import { epcTextOf } from 'orderwright/pdf'
import { fullCreditNote, fullInvoice } from '../documents/sample-invoices.js'

const paidTo = (account: string, accountName = 'Muster GmbH') => ({
  ...fullInvoice,
  payment: { meansCode: '58', creditTransfers: [{ account, accountName }] },
})

describe('epcTextOf', () => {
  it('asks for what is due, with the reference', () => {
    expect(epcTextOf(fullInvoice)?.split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'BYLADEM1001',
      'Muster GmbH',
      'DE02120300000000202051',
      'EUR200.10',
      '',
      'RF18539007547034',
    ])
  })

  it('asks for what is left when the buyer has withheld its part', () => {
    const withheld = { taxes: [], payable: '185.10' }
    expect(epcTextOf({ ...fullInvoice, withheld })?.split('\n')[7]).toBe('EUR185.10')
  })

  it('quotes the number of the invoice where there is no reference, and cuts a name to 70 characters', () => {
    const lines = epcTextOf(paidTo('DE02120300000000202051', 'x'.repeat(90)))?.split('\n') ?? []
    expect(lines[5]).toBe('x'.repeat(70))
    expect(lines.at(-1)).toBe('RE-2026-00017')
  })

  it.each([
    ['an IBAN with wrong check digits', paidTo('DE03120300000000202051')],
    ['another currency', { ...fullInvoice, currency: 'CHF' }],
    ['nothing due', { ...fullInvoice, totals: { ...fullInvoice.totals, due: '0.00' } }],
    ['a credit note', fullCreditNote],
  ])('asks for nothing for %s', (_what, invoice) => {
    expect(epcTextOf(invoice)).toBeUndefined()
  })
})
