import { decodeXml } from './decode-xml.js'
import { loadXmlParser } from './load-xml-parser.js'
import { checkSize, scanXml } from './scan-xml.js'
import { UnreadableDocument } from './unreadable-document.js'
import type { XmlElement } from './xml-element.js'
import { isXmlText } from './xml-node.js'

// A prefix that no name can have keeps names such as __proto__ out of the parser's objects.
const tagMark = '~'
const attributeMark = '@'
const textName = '#text'
const cdataName = '#cdata'

/**
 * The root element of a document. Throws `UnreadableDocument`: `limit_exceeded`, `xml_encoding`, `xml_dtd_forbidden` or `xml_malformed`. Needs
 * fast-xml-parser, which is loaded now.
 */
export const readXml = async (content: string | Uint8Array): Promise<XmlElement> => {
  checkSize(content)
  const xml = decodeXml(content)
  scanXml(xml)
  if (!isXmlText(xml)) throw malformed('a character that XML does not allow')
  const { XMLParser, XMLValidator } = await loadXmlParser()
  const valid = XMLValidator.validate(xml)
  if (valid !== true) throw malformed(`line ${valid.err.line}`)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: attributeMark,
    transformTagName: (name) => tagMark + name,
    cdataPropName: cdataName,
    textNodeName: textName,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
  })
  const root = parsed(() => parser.parse(xml) as unknown)
  const [element] = childrenOf(root, undefined)
  if (element === undefined) throw malformed('no element')
  return element
}

const malformed = (reason: string): UnreadableDocument => new UnreadableDocument('xml_malformed', reason)

const parsed = (parse: () => unknown): unknown => {
  try {
    return parse()
  } catch {
    throw malformed('the parser refused it')
  }
}

/** What an element declares, and what stands around it: a copy per element would cost what all around it have declared. */
interface Namespaces {
  readonly declared: ReadonlyMap<string, string>
  readonly outer: Namespaces | undefined
}

interface ParsedNode {
  readonly name: string
  readonly content: unknown
  readonly attributes: ReadonlyMap<string, string>
}

const childrenOf = (content: unknown, outer: Namespaces | undefined): readonly XmlElement[] =>
  nodesOf(content)
    .filter(({ name }) => name.startsWith(tagMark))
    .map((node) => elementOf(node, outer))

const elementOf = ({ name, content, attributes }: ParsedNode, outer: Namespaces | undefined): XmlElement => {
  const declared = new Map<string, string>()
  for (const [key, value] of attributes) {
    if (key === 'xmlns') declared.set('', value)
    else if (key.startsWith('xmlns:')) declared.set(key.slice('xmlns:'.length), value)
  }
  const namespaces = declared.size === 0 ? outer : { declared, outer }
  const [prefix, local] = qualified(name.slice(tagMark.length).replace(/^~+/, ''))
  const namespace = namespaceOf(prefix, namespaces)
  if (prefix !== '' && namespace === undefined) throw malformed(`the prefix ${prefix} is not declared`)
  return {
    name: local,
    namespace: namespace ?? '',
    attributes,
    children: childrenOf(content, namespaces),
    text: textIn(content).trim(),
  }
}

/** Looks from the inside out; there are as many steps as elements may stand within each other. */
const namespaceOf = (prefix: string, namespaces: Namespaces | undefined): string | undefined => {
  for (let at = namespaces; at !== undefined; at = at.outer) {
    const namespace = at.declared.get(prefix)
    if (namespace !== undefined) return namespace
  }
  return undefined
}

const qualified = (name: string): readonly [prefix: string, local: string] => {
  const colon = name.indexOf(':')
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

const textIn = (content: unknown): string =>
  nodesOf(content)
    .map(({ name, content: inner }) => {
      if (name === textName) return decodeReferences(String(inner))
      if (name === cdataName)
        return nodesOf(inner)
          .map((node) => String(node.content))
          .join('')
      return ''
    })
    .join('')

/** The parser's list of nodes: each an object with the node's name as its only key, beside its attributes. */
const nodesOf = (content: unknown): readonly ParsedNode[] => {
  if (!Array.isArray(content)) return []
  return (content as readonly Readonly<Record<string, unknown>>[]).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@')
    return name === undefined
      ? []
      : [{ name, content: node[name], attributes: attributesOf(node[':@'] ?? {}) }]
  })
}

const attributesOf = (attributes: object): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(attributes).map(([key, value]) => [
      key.slice(attributeMark.length),
      decodeReferences(String(value)).trim(),
    ]),
  )

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML has five named references; any other name is that of an entity, and none can have been defined. */
const decodeReferences = (text: string): string =>
  text.replaceAll(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const value = whole.endsWith(';') ? (predefined[name] ?? characterOf(name)) : undefined
    if (value === undefined || !isXmlText(value)) throw malformed('a reference to nothing')
    return value
  })

const characterOf = (name: string): string | undefined => {
  const digits = /^#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}))$/.exec(name)
  if (digits === null) return undefined
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  return code > 0x10ffff ? undefined : String.fromCodePoint(code)
}
