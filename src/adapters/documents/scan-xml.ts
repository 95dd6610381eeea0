import { UnreadableDocument } from './unreadable-document.js'

/** What a document may have at most. Each is one or more. */
export interface XmlLimits {
  /** 5 MiB */
  readonly bytes: number
  /** 64 elements within each other */
  readonly depth: number
  /** 200,000 */
  readonly elements: number
  /** 200,000, and 32 in one element */
  readonly attributes: number
  /** 20,000 character references, such as `&amp;` */
  readonly references: number
}

export const xmlLimits: XmlLimits = {
  bytes: 5 * 1024 * 1024,
  depth: 64,
  elements: 200_000,
  attributes: 200_000,
  references: 20_000,
}

const mostAttributesOfOne = 32

/**
 * Goes through the text once, before any parser sees it: refuses document types and entity definitions, whatever exceeds a limit, and a text
 * that ends too early or has tags that do not match. Every step moves forward, so the time is linear.
 */
export const scanXml = (xml: string): void => {
  const open: string[] = []
  let elements = 0
  let attributes = 0
  let roots = 0
  let at = 0
  countReferences(xml)
  while (at < xml.length) {
    const start = xml.indexOf('<', at)
    const between = xml.slice(at, start < 0 ? xml.length : start)
    if (open.length === 0 && between.trim() !== '') throw malformed('text outside the root element')
    if (start < 0) break
    if (xml.startsWith('<!--', start)) at = after(xml, '-->', start + 4)
    else if (xml.startsWith('<![CDATA[', start)) {
      if (open.length === 0) throw malformed('text outside the root element')
      at = after(xml, ']]>', start + 9)
    } else if (xml.startsWith('<?', start)) {
      if (/^<\?xml\s/i.test(xml.slice(start, start + 6)) && start > 0) {
        throw malformed('a declaration that is not at the start')
      }
      at = after(xml, '?>', start + 2)
    } else if (xml.startsWith('<!', start)) {
      throw new UnreadableDocument('xml_dtd_forbidden', 'document types and entity definitions are refused')
    } else if (xml.startsWith('</', start)) {
      at = after(xml, '>', start + 2)
      const name = xml.slice(start + 2, at - 1).trimEnd()
      if (open.pop() !== name) throw malformed(`</${name.slice(0, 60)}> closes nothing`)
    } else {
      const tag = readTag(xml, start + 1)
      at = tag.end
      elements += 1
      attributes += tag.attributes
      if (elements > xmlLimits.elements) throw exceeded('elements')
      if (attributes > xmlLimits.attributes || tag.attributes > mostAttributesOfOne) {
        throw exceeded('attributes')
      }
      if (open.length === 0) roots += 1
      if (roots > 1) throw malformed('a second root element')
      if (open.length + 1 > xmlLimits.depth) throw exceeded('depth')
      if (!tag.closed) open.push(tag.name)
    }
  }
  if (roots === 0) throw malformed('no element')
  if (open.length > 0) throw malformed('the document ends too early')
}

/** Throws `limit_exceeded` for a document that is too large, before it is decoded. */
export const checkSize = (content: string | Uint8Array): void => {
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  if (bytes > xmlLimits.bytes) throw exceeded('bytes')
}

const exceeded = (limit: keyof XmlLimits): UnreadableDocument =>
  new UnreadableDocument('limit_exceeded', `more ${limit} than allowed`, { limit, most: xmlLimits[limit] })

const malformed = (reason: string): UnreadableDocument => new UnreadableDocument('xml_malformed', reason)

const after = (xml: string, end: string, from: number): number => {
  const at = xml.indexOf(end, from)
  if (at < 0) throw malformed('the document ends too early')
  return at + end.length
}

const countReferences = (xml: string): void => {
  let count = 0
  for (let at = xml.indexOf('&'); at >= 0; at = xml.indexOf('&', at + 1)) count += 1
  if (count > xmlLimits.references) throw exceeded('references')
}

const spaces = new Set([' ', '\t', '\n', '\r'])

/** A start tag, from behind its `<`: its name, how many attributes it has, and where it ends. */
const readTag = (
  xml: string,
  from: number,
): { readonly name: string; readonly attributes: number; readonly end: number; readonly closed: boolean } => {
  let nameEnd = from
  while (
    nameEnd < xml.length &&
    !spaces.has(xml[nameEnd] ?? '') &&
    xml[nameEnd] !== '>' &&
    xml[nameEnd] !== '/'
  ) {
    nameEnd += 1
  }
  const name = xml.slice(from, nameEnd)
  if (name === '' || name.length > 200 || /[<&"'=]/.test(name)) throw malformed('a tag without a name')
  let attributes = 0
  for (let at = nameEnd; at < xml.length; at += 1) {
    const character = xml[at]
    if (character === '>') return { name, attributes, end: at + 1, closed: xml[at - 1] === '/' }
    if (character === '<') throw malformed('"<" within a tag')
    if (character === '"' || character === "'") {
      attributes += 1
      at = xml.indexOf(character, at + 1)
      if (at < 0) break
    }
  }
  throw malformed('the document ends too early')
}
