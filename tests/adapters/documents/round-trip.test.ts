import { describe, expect, it } from 'vitest'
import {
  readInvoice,
  validateInvoice,
  writeCii,
  writeUbl,
  type ElectronicInvoice,
} from 'orderwright/documents'
import { categorySample, fullCreditNote, fullInvoice } from './sample-invoices.js'

const samples: readonly (readonly [string, ElectronicInvoice])[] = [
  ['an invoice with every business term', fullInvoice],
  ['a credit note with every business term', fullCreditNote],
  ...['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M'].map(
    (category) => [`an invoice of category ${category}`, categorySample(category)] as const,
  ),
]

describe.each(samples)('%s', (_name, invoice) => {
  it('breaks no rule', () => {
    expect(validateInvoice(invoice)).toEqual([])
  })

  it('is the same after UBL', async () => {
    expect(await readInvoice(writeUbl(invoice))).toEqual({ syntax: 'ubl', invoice })
  })

  it('is the same after CII', async () => {
    expect(await readInvoice(writeCii(invoice))).toEqual({ syntax: 'cii', invoice })
  })

  it('is the same after UBL and CII in turn', async () => {
    const { invoice: fromUbl } = await readInvoice(writeUbl(invoice))
    const { invoice: fromCii } = await readInvoice(writeCii(fromUbl))
    expect(await readInvoice(writeUbl(fromCii))).toEqual({ syntax: 'ubl', invoice })
  })
})
