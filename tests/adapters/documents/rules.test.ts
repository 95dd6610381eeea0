import { describe, expect, it } from 'vitest'
import {
  DocumentInvalid,
  invoiceRules,
  specifications,
  validateInvoice,
  writeCii,
  writeUbl,
  type ElectronicInvoice,
} from 'orderwright/documents'
import { breaches, categoryBreaches, type Breach } from './breaches.js'
import { fullInvoice } from './sample-invoices.js'

const rulesBrokenBy = (invoice: ElectronicInvoice): readonly string[] => [
  ...new Set(validateInvoice(invoice).map(({ rule }) => rule)),
]

const all: readonly Breach[] = [...breaches, ...categoryBreaches]
const published = [...new Set(invoiceRules.map(({ id }) => id))]

describe('validateInvoice', () => {
  it.each(all.map((breach) => [breach.rule, breach] as const))(
    '%s is kept by the sample',
    (_rule, breach) => {
      expect(validateInvoice(breach.sample)).toEqual([])
    },
  )

  it.each(all.map((breach) => [breach.rule, breach] as const))(
    '%s is found when one thing changes',
    (rule, breach) => {
      const draft = structuredClone(breach.sample) as never
      breach.change(draft)
      expect(rulesBrokenBy(draft)).toEqual(expect.arrayContaining([rule]))
      expect([...rulesBrokenBy(draft)].sort()).toEqual([rule, ...(breach.also ?? [])].sort())
    },
  )

  it('has a breach in this table for every rule', () => {
    const shown = new Set(all.map(({ rule }) => rule))
    expect(published.filter((id) => !shown.has(id))).toEqual([])
  })

  it('has 393 rules, each with words and a flag', () => {
    expect(published).toHaveLength(393)
    for (const { message, flag } of invoiceRules) {
      expect(message).toMatch(/\.$/)
      expect(['fatal', 'warning']).toContain(flag)
    }
  })

  it('names the place', () => {
    const [line, ...more] = fullInvoice.lines
    if (line === undefined) throw new Error('the sample has lines')
    const invoice = { ...fullInvoice, lines: [line, ...more.map((other) => ({ ...other, unit: 'BARREL' }))] }
    expect(validateInvoice(invoice)).toEqual([
      expect.objectContaining({ rule: 'BR-CL-23', flag: 'fatal', place: 'lines[1].unit' }),
    ])
  })
})

describe('writeUbl and writeCii', () => {
  const broken = { ...fullInvoice, number: '' }

  it.each([
    ['UBL', writeUbl],
    ['CII', writeCii],
  ])('refuse to write %s of a document with a fatal finding, unless a draft is wanted', (_syntax, write) => {
    let refusal: unknown
    try {
      write(broken)
    } catch (failure) {
      refusal = failure
    }
    expect(refusal).toBeInstanceOf(DocumentInvalid)
    expect(refusal).toMatchObject({
      code: 'document_invalid',
      findings: [{ rule: 'BR-02', flag: 'fatal', place: 'number' }],
    })
    expect(write(broken, { draft: true })).toContain(specifications.en16931)
  })

  it('write a document that has warnings', () => {
    const invoice = {
      ...fullInvoice,
      payment: { meansCode: '48', card: { number: '4111111111111111' } },
    }
    expect(rulesBrokenBy(invoice)).toEqual(['BR-51'])
    expect(writeUbl(invoice)).toContain('4111111111111111')
  })

  it('write no character that XML cannot carry, even into a draft', () => {
    const draft = writeUbl({ ...fullInvoice, number: 'A\u0000<&>"\'' }, { draft: true })
    expect(draft).toContain('<cbc:ID>A\ufffd&lt;&amp;&gt;&quot;&apos;</cbc:ID>')
  })
})
