/** An element to be written: what it holds is either text or elements. */
export interface XmlNode {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly content: string | readonly XmlNode[]
}

type Content = XmlNode | undefined | readonly (XmlNode | undefined)[]

/** An element with elements in it. One that would be empty is none: neither syntax allows it. */
export const group = (name: string, ...content: readonly Content[]): XmlNode | undefined => {
  const children = content.flat().filter((child) => child !== undefined)
  return children.length === 0 ? undefined : { name, attributes: [], content: children }
}

/** An element with text; none for a text that is absent or empty, and no attribute either. */
export const text = (
  name: string,
  value: string | undefined,
  attributes: Readonly<Record<string, string | undefined>> = {},
): XmlNode | undefined =>
  value === undefined || value === ''
    ? undefined
    : {
        name,
        attributes: Object.entries(attributes).flatMap(([key, worth]): readonly [string, string][] =>
          worth === undefined || worth === '' ? [] : [[key, worth]],
        ),
        content: value,
      }

/** Whether XML 1.0 can carry the text: it has no way to write most control characters, nor half a surrogate pair. */
export const isXmlText = (value: string): boolean =>
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(value) && value.isWellFormed()

/** The document as UTF-8 text. Every text goes through one escape; what XML cannot carry becomes U+FFFD. */
export const printXml = (root: XmlNode, namespaces: Readonly<Record<string, string>>): string => {
  const attributes = Object.entries(namespaces)
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>']
  print({ ...root, attributes }, '', lines)
  return `${lines.join('\n')}\n`
}

const print = ({ name, attributes, content }: XmlNode, indent: string, lines: string[]): void => {
  const tag = `${name}${attributes.map(([key, value]) => ` ${key}="${escape(value)}"`).join('')}`
  if (typeof content === 'string') {
    lines.push(`${indent}<${tag}>${escape(content)}</${name}>`)
    return
  }
  lines.push(`${indent}<${tag}>`)
  for (const child of content) print(child, `${indent}  `, lines)
  lines.push(`${indent}</${name}>`)
}

// White space other than the blank is written as a reference: parsers turn it into blanks in attributes, and CR into LF everywhere.
const escape = (value: string): string =>
  carriable(value).replaceAll(/[&<>"'\t\n\r]/g, (character) => references[character] ?? character)

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

const carriable = (value: string): string =>
  value.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
