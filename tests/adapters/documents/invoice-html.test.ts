import { describe, expect, it } from 'vitest'
import { documentLanguages, invoiceHtml } from 'orderwright/documents'
import { fullInvoice } from './sample-invoices.js'

describe('invoiceHtml', () => {
  it.each(documentLanguages)(
    'has the whole document in %s, and nothing that is loaded or run',
    (language) => {
      const html = invoiceHtml(fullInvoice, { language })
      for (const { name } of [fullInvoice.seller, fullInvoice.buyer]) expect(html).toContain(name)
      for (const { item } of fullInvoice.lines) expect(html).toContain(item.name)
      expect(html).toContain(`<html lang="${language}">`)
      expect(html).toContain('RF18539007547034')
      expect(html).not.toMatch(/<script|<link|<img|url\(|<style|\son\w+=/i)
    },
  )

  it('escapes every text, whichever field it stands in', () => {
    const evil = `<img src=x onerror="alert('1')">&`
    const poison = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(poison)
      if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner)]))
      }
      return evil
    }
    const html = invoiceHtml(poison(fullInvoice) as typeof fullInvoice, { language: 'en', draft: true })
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;')
  })

  it('takes each tax by its name where several are levied', () => {
    const html = invoiceHtml(fullInvoice, {
      language: 'en',
      taxes: [{ name: 'New York State', rate: '4', taxable: '235.00', tax: '9.40' }],
    })
    expect(html).toContain('New York State 4%')
    expect(html).toContain('9.40')
  })

  it.each([
    ['it', 'Ritenuta: d’acconto 20% (100,00)', 'Netto a pagare', '180,10\u00a0€'],
    ['es', 'Retención: d’acconto 20\u00a0% (100,00)', 'Líquido a pagar', '180,10\u00a0€'],
    ['en', 'Withheld: d’acconto 20% (100.00)', 'To be paid', '€180.10'],
  ] as const)(
    'shows below what is due what is withheld and what is left to pay, in %s',
    (language, tax, label, left) => {
      const withheld = {
        taxes: [{ name: 'd’acconto', rate: '20', base: '100.00', amount: '20.00' }],
        payable: '180.10',
      }
      const html = invoiceHtml({ ...fullInvoice, withheld }, { language })
      for (const text of [tax, label, left]) expect(html).toContain(text)
    },
  )

  it('refuses a document with a fatal finding', () => {
    expect(() => invoiceHtml({ ...fullInvoice, number: '' }, { language: 'en' })).toThrow(
      expect.objectContaining({ code: 'document_invalid' }),
    )
  })
})
