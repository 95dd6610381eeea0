import { checkedPage, type WriteOptions } from './document-invalid.js'
import type { PrintableInvoice } from './printable-invoice.js'
import type { Fact } from './printed/fact.js'
import { plainText } from './printed/plain-text.js'
import {
  printedInvoice,
  type PrintedInvoice,
  type PrintedLine,
  type PrintOptions,
} from './printed/printed-invoice.js'

/**
 * The document as a page of HTML for the body of an e-mail: styles inline, tables for the layout, nothing loaded from elsewhere, every text
 * escaped. Throws `document_invalid`, with the findings, for a document that breaks a fatal rule, unless `{ draft: true }` asks for it all the same.
 */
export const invoiceHtml = (invoice: PrintableInvoice, options: PrintOptions & WriteOptions): string => {
  const printed = printedInvoice(checkedPage(invoice, options), options)
  return [
    '<!DOCTYPE html>',
    `<html lang="${options.language}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(printed.title)}</title></head>`,
    `<body style="margin:0;padding:24px 12px;background:#f4f5f7;${font}">`,
    '<div style="max-width:720px;margin:0 auto;padding:32px;background:#ffffff;color:#1f2933">',
    ...parties(printed),
    `<h1 dir="auto" style="font-size:22px;margin:28px 0 16px">${escape(printed.title)}</h1>`,
    lineTable(printed),
    totalsTable(printed),
    taxTable(printed),
    ...payment(printed),
    ...printed.notes.map((note) => paragraph(note)),
    footer(printed),
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const font =
  'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:1.45'
const table =
  '<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse'
const muted = 'color:#52606d'
const ruled = 'border-bottom:1px solid #e4e7eb'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string): string =>
  plainText(text).replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character)

const cell = (content: string, style: string): string =>
  `<td dir="auto" style="padding:6px 8px;vertical-align:top;${style}">${content}</td>`

/** Numbers stand at the right and are never broken. */
const number = (text: string, style = ''): string =>
  `<td style="padding:6px 8px;vertical-align:top;text-align:right;white-space:nowrap;${style}">${escape(text)}</td>`

const paragraph = (text: string): string => `<p dir="auto" style="margin:8px 0">${escape(text)}</p>`

const factRows = (facts: readonly Fact[]): string =>
  facts
    .map(
      ({ label, value }) =>
        `<tr><td style="padding:1px 12px 1px 0;${muted};vertical-align:top">${escape(label)}</td><td dir="auto" style="padding:1px 0">${escape(value)}</td></tr>`,
    )
    .join('')

const parties = ({ seller, buyer, facts }: PrintedInvoice): readonly string[] => [
  `<p dir="auto" style="margin:0;font-size:18px;font-weight:bold">${escape(seller.name)}</p>`,
  `<p dir="auto" style="margin:2px 0 24px;${muted}">${seller.lines.map(escape).join(' · ')}</p>`,
  `${table}"><tr>`,
  `<td dir="auto" style="vertical-align:top;width:50%;padding-right:24px"><strong>${escape(buyer.name)}</strong><br>${buyer.lines.map(escape).join('<br>')}</td>`,
  `<td style="vertical-align:top"><table role="presentation" cellpadding="0" cellspacing="0">${factRows(facts)}</table></td>`,
  '</tr></table>',
]

const lineTable = ({ columns, lines }: PrintedInvoice): string => {
  const head = (text: string, align: string): string =>
    `<th scope="col" style="padding:6px 8px;text-align:${align};border-bottom:2px solid #1f2933">${escape(text)}</th>`
  return [
    '<table cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse">',
    '<thead><tr>',
    head(columns.position, 'left') + head(columns.name, 'left') + head(columns.quantity, 'right'),
    head(columns.unitPrice, 'right') + head(columns.rate, 'right') + head(columns.amount, 'right'),
    '</tr></thead>',
    '<tbody>',
    ...lines.map(lineRow),
    '</tbody></table>',
  ].join('\n')
}

const lineRow = (line: PrintedLine): string => {
  const details = line.details.map(
    (detail) => `<br><span style="${muted};font-size:12px">${escape(detail)}</span>`,
  )
  return [
    '<tr>',
    cell(escape(line.position), `${ruled};${muted}`),
    cell(`${escape(line.name)}${details.join('')}`, ruled),
    number(line.quantity, ruled),
    number(line.unitPrice, ruled),
    number(line.rate, ruled),
    number(line.amount, ruled),
    '</tr>',
  ].join('')
}

const totalsTable = ({ totals }: PrintedInvoice): string =>
  [
    `${table};margin-top:12px">`,
    ...totals.map(({ label, value, isStrong }) => {
      const style = isStrong ? 'font-weight:bold;font-size:16px;border-top:2px solid #1f2933' : ''
      return `<tr><td style="width:40%"></td>${cell(escape(label), style)}${number(value, style)}</tr>`
    }),
    '</table>',
  ].join('\n')

const taxTable = ({ taxColumns, taxes }: PrintedInvoice): string => {
  if (taxes.length === 0) return ''
  const row = ([kind, taxable, tax]: PrintedInvoice['taxColumns'], style: string): string =>
    `<tr>${cell(escape(kind), style)}${number(taxable, style)}${number(tax, style)}</tr>`
  return [
    `${table};margin-top:20px;font-size:12px">`,
    row(taxColumns, `${muted};${ruled}`),
    ...taxes.map((tax) => row(tax, '')),
    '</table>',
  ].join('\n')
}

const payment = ({ payment: { title, terms, facts } }: PrintedInvoice): readonly string[] =>
  terms.length + facts.length === 0
    ? []
    : [
        `<h2 style="font-size:15px;margin:24px 0 4px">${escape(title)}</h2>`,
        ...terms.map(paragraph),
        `<table role="presentation" cellpadding="0" cellspacing="0">${factRows(facts)}</table>`,
      ]

const footer = ({ seller }: PrintedInvoice): string => {
  const facts = seller.facts.map(({ label, value }) => `${label} ${value}`)
  return `<p dir="auto" style="margin:28px 0 0;padding-top:12px;border-top:1px solid #e4e7eb;font-size:12px;${muted}">${[seller.name, ...seller.lines, ...facts].map(escape).join(' · ')}</p>`
}
