import { describe, expect, it } from 'vitest'
import { readInvoice, writeUbl, type UnreadableDocumentCode } from 'orderwright/documents'
import { fullInvoice } from './sample-invoices.js'

const xml = writeUbl(fullInvoice)
const body = xml.slice(xml.indexOf('\n') + 1)
const inside = (text: string): string => xml.replace('RE-2026-00017', text)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le')
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

const refusals: readonly (readonly [string, string | Uint8Array, UnreadableDocumentCode])[] = [
  ['110 any document type', `<!DOCTYPE Invoice>${body}`, 'xml_dtd_forbidden'],
  ['110 a document type in lower case', `<!doctype Invoice>${body}`, 'xml_dtd_forbidden'],
  [
    '111 an external entity',
    `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${inside('&x;').slice(40)}`,
    'xml_dtd_forbidden',
  ],
  [
    '112 entities that multiply',
    `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>${'&b;'.repeat(1000)}</a>`,
    'xml_dtd_forbidden',
  ],
  ['112 an entity that nothing defines', inside('&big;'), 'xml_malformed'],
  ['113 a million numeric references', inside('&#65;'.repeat(1_000_000)), 'limit_exceeded'],
  ['114 ten thousand elements within each other', '<a>'.repeat(10_000), 'limit_exceeded'],
  [
    '114 a million attributes',
    `<a ${Array.from({ length: 400_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`,
    'limit_exceeded',
  ],
  ['114 more than 5 MiB', inside('x'.repeat(5 * 1024 * 1024)), 'limit_exceeded'],
  ['114 more elements than any invoice has', `<a>${'<b/>'.repeat(200_001)}</a>`, 'limit_exceeded'],
  ['116 UTF-16 that says it is UTF-8', utf16(xml), 'xml_encoding'],
  ['116 UTF-8 that says it is UTF-16', bytes(xml.replace('"UTF-8"', '"UTF-16"')), 'xml_encoding'],
  ['116 two byte order marks', joined(bytes('\ufeff\ufeff'), bytes(xml)), 'xml_encoding'],
  ['116 bytes that are no UTF-8', joined(bytes(xml), Uint8Array.of(0xff, 0xfe)), 'xml_encoding'],
  ['116 an encoding nobody reads', bytes(xml.replace('"UTF-8"', '"EBCDIC-CP-US"')), 'xml_encoding'],
  ['116 half a surrogate pair', inside('\ud800'), 'xml_encoding'],
  ['117 a file cut in the middle', xml.slice(0, xml.length / 2), 'xml_malformed'],
  ['117 a file without its last tag', xml.trimEnd().slice(0, -'</Invoice>'.length), 'xml_malformed'],
  ['117 a file cut within a tag', xml.trimEnd().slice(0, -3), 'xml_malformed'],
  ['117 an empty file', '', 'xml_malformed'],
  ['117 a second root', `${xml}<a/>`, 'xml_malformed'],
  ['117 text behind the root', `${xml}tail`, 'xml_malformed'],
  ['117 tags that do not match', inside('<b></c>'), 'xml_malformed'],
  ['117 an attribute twice', inside('<b x="1" x="2"/>'), 'xml_malformed'],
  ['117 a prefix nobody declared', inside('<q:b/>'), 'xml_malformed'],
  ['117 a control character', inside('\u0001'), 'xml_malformed'],
  ['117 a reference to a control character', inside('&#1;'), 'xml_malformed'],
  ['another document', '<Order xmlns="urn:x"/>', 'document_unknown'],
  ['an invoice of no namespace', '<Invoice/>', 'document_unknown'],
]

describe('readInvoice', () => {
  it.each(refusals)('refuses %s', async (_what, content, code) => {
    await expect(readInvoice(content)).rejects.toMatchObject({ name: 'UnreadableDocument', code })
  })

  it('112 refuses a document type before it reads on: nothing behind it is expanded, parsed or counted', async () => {
    const type = `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(1_000_000)}">]>`
    const behind = ['&x;'.repeat(1000), '<b></c>', '\u0001', '<a>'.repeat(10_000), '<b/>'.repeat(200_001)]
    for (const content of behind) {
      await expect(readInvoice(`${type}<a>${content}</a>`)).rejects.toMatchObject({
        code: 'xml_dtd_forbidden',
      })
    }
  })

  it('115 takes an element named __proto__ for data', async () => {
    const content = xml.replace(
      '<cbc:CustomizationID>',
      '<cbc:__proto__ polluted="1" __proto__="2">x</cbc:__proto__><cbc:constructor/><cbc:CustomizationID>',
    )
    expect((await readInvoice(content)).invoice).toEqual(fullInvoice)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it.each([
    ['UTF-8 with a byte order mark', joined(bytes('\ufeff'), bytes(xml))],
    ['UTF-8 without a declaration', bytes(body)],
    ['UTF-16 that says so', utf16(xml.replace('"UTF-8"', '"UTF-16"'))],
    ['UTF-16 without a declaration', utf16(body)],
    ['ISO 8859-1 that says so', Buffer.from(xml.replace('"UTF-8"', '"ISO-8859-1"'), 'latin1')],
  ])('reads %s', async (_what, content) => {
    expect((await readInvoice(content)).invoice).toEqual(fullInvoice)
  })

  it('reads CDATA, comments, numeric references and other prefixes', async () => {
    const content = body
      .replaceAll('cbc:', 'x:')
      .replace('xmlns:cbc', 'xmlns:x')
      .replace('RE-2026-00017', '<!-- > --><![CDATA[RE-2026]]>-&#x30;&#48;017')
    expect((await readInvoice(content)).invoice).toEqual(fullInvoice)
  })

  it('reads decimals as XML Schema writes them', async () => {
    const content = xml.replaceAll('>274.85<', '> +0274.85 <').replaceAll('>0.05<', '>.05<')
    expect((await readInvoice(content)).invoice.totals).toEqual(fullInvoice.totals)
  })
})
