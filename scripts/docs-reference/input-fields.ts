import ts from 'typescript'
import {
  bare,
  docOf,
  initializerOf,
  nameOf,
  oneLine,
  propertiesOf,
  propertyValue,
  symbolAt,
  symbolOfProperty,
  valueOf,
  type Source,
} from './source.js'

/** A field of an input as its schema has it: `lines[].sku`, its form in words, and what its docstring says. */
export interface InputField {
  readonly path: string
  readonly form: string
  readonly optional: boolean
  readonly words: string
}

export const inputFields = (source: Source, expression: ts.Expression): readonly InputField[] => {
  const schema = schemaOf(source, expression)
  if (methodOf(schema.base) !== 'union') return fieldsAt(source, schema, '')
  return partsOf(schema.base).flatMap((part, place) =>
    fieldsAt(source, schemaOf(source, part), '').map((field) => ({
      ...field,
      form: `${place === 0 ? 'either' : 'or'} ${field.form}`,
    })),
  )
}

/** A schema without the checks chained to it. */
interface Schema {
  /** `z.strictObject(…)`, `skuSchema`, `lineSchema(200)`. */
  readonly base: ts.Expression
  readonly optional: boolean
  /** The calls chained to it: `min`, `max`, … */
  readonly chain: readonly ts.CallExpression[]
  /** The name under which it was found, when it was a constant. */
  readonly name: ts.Identifier | undefined
}

const schemaOf = (source: Source, expression: ts.Expression, name?: ts.Identifier): Schema => {
  let node = bare(expression)
  const chain: ts.CallExpression[] = []
  while (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    if (node.expression.expression.getText() === 'z') break
    chain.push(node)
    node = bare(node.expression.expression)
  }
  const optional = chain.some((call) => methodOf(call) === 'optional')
  if (!ts.isIdentifier(node)) return { base: node, optional, chain, name }
  const initializer = initializerOf(symbolAt(source.checker, node))
  if (initializer === undefined) return { base: node, optional, chain, name: node }
  const named = schemaOf(source, initializer, node)
  return { ...named, optional: optional || named.optional, chain: [...chain, ...named.chain] }
}

const fieldsAt = (source: Source, schema: Schema, path: string): readonly InputField[] => {
  const { base } = schema
  const [inner] = ts.isCallExpression(base) ? base.arguments : []
  if (inner === undefined) return []
  const method = methodOf(base)
  if (method === 'array') return fieldsAt(source, schemaOf(source, inner), `${path}[]`)
  if (method === 'union' || method === 'discriminatedUnion') {
    return partsOf(base).flatMap((part) => fieldsAt(source, schemaOf(source, part), path))
  }
  if (method !== 'strictObject' && method !== 'object') return []
  const literal = valueOf(source, inner)
  if (!ts.isObjectLiteralExpression(literal)) return []
  return propertiesOf(source, literal).flatMap((property): readonly InputField[] => {
    const value = ts.isPropertyAssignment(property) ? property.initializer : property.name
    const field = schemaOf(source, value)
    const at = path === '' ? nameOf(property) : `${path}.${nameOf(property)}`
    const words = docOf(source, symbolOfProperty(source, property)) || nestedWords(source, field)
    return [
      { path: at, form: formOf(source, field), optional: field.optional, words },
      ...fieldsAt(source, field, at),
    ]
  })
}

/** An object that is named for itself explains itself where it is used. */
const nestedWords = (source: Source, schema: Schema): string =>
  schema.name !== undefined && methodOf(schema.base) === 'strictObject'
    ? docOf(source, symbolAt(source.checker, schema.name))
    : ''

/** `z.array`, `lineSchema`: what makes a schema, however the source breaks its lines. */
const makerOf = (base: ts.CallExpression): string => base.expression.getText().replaceAll(/\s/g, '')

const partsOf = (base: ts.Expression): readonly ts.Expression[] => {
  const list = ts.isCallExpression(base) ? base.arguments.at(-1) : undefined
  return list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : []
}

const methodOf = (expression: ts.Expression): string =>
  ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression)
    ? expression.expression.name.text
    : ''

const formOf = (source: Source, schema: Schema): string =>
  schema.chain.some((call) => methodOf(call) === 'nullable')
    ? `${formWithoutNull(source, schema)} or \`null\``
    : formWithoutNull(source, schema)

/** The form in words; the text of the source where there are none yet, so that nothing is made up. */
const formWithoutNull = (source: Source, schema: Schema): string => {
  const { base, name } = schema
  if (!ts.isCallExpression(base)) return code(base)
  const [first, second] = base.arguments
  switch (makerOf(base)) {
    case 'z.strictObject':
      return 'object'
    case 'z.array':
      return `list${boundsOf(source, schema)}`
    case 'z.boolean':
      return 'true or false'
    case 'z.int':
    case 'z.number':
      return `whole number${boundsOf(source, schema)}`
    case 'z.literal':
      return first === undefined ? code(base) : code(first)
    case 'z.enum':
      return choices(source, first)
    case 'z.union':
    case 'z.discriminatedUnion':
      return partsOf(base)
        .map((part) => formOf(source, schemaOf(source, part)))
        .join(' or ')
    case 'z.string':
      return name === undefined ? `text${patternOf(schema)}${lengthOf(source, schema)}` : formLink(name.text)
    case 'lineSchema':
      return `one line of text${atMost(source, first, 'characters')}`
    case 'textSchema':
      return `text${atMost(source, first, 'characters')}`
    case 'metadataSchema':
      return `texts by name${atMost(source, first, `of ${amount(source, second)} characters`)}`
    default:
      return name === undefined ? code(base) : formLink(name.text)
  }
}

/** What has no bound of its own is bounded by a setting. */
const atMost = (source: Source, limit: ts.Expression | undefined, words: string): string => {
  const most = amount(source, limit)
  return most.includes('MAX_SAFE_INTEGER')
    ? ' within the [limits](../settings.md#settingslimits)'
    : `, at most ${most} ${words}`
}

/** `orderIdSchema` is explained on the page of forms as "order id". */
const formLink = (constant: string): string => {
  const words = formName(constant)
  return `[${words}](../forms.md#${words.replaceAll(' ', '-')})`
}

export const formName = (constant: string): string =>
  constant
    .replace(/Schema$/, '')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()

const patternOf = (schema: Schema): string => {
  const [pattern] = schema.chain.find((call) => methodOf(call) === 'regex')?.arguments ?? []
  return pattern === undefined ? '' : ` that matches ${code(pattern)}`
}

const lengthOf = (source: Source, schema: Schema): string => {
  const bounds = boundsOf(source, schema)
  return bounds === '' ? '' : `${bounds} characters`
}

const boundsOf = (source: Source, schema: Schema): string => {
  const bound = (method: string) => {
    const [limit] = schema.chain.find((call) => methodOf(call) === method)?.arguments ?? []
    return limit === undefined ? undefined : amount(source, limit)
  }
  const [least, most] = [bound('min'), bound('max')]
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}`
  if (least !== undefined) return `, at least ${least}`
  return most === undefined ? '' : `, at most ${most}`
}

const choices = (source: Source, list: ts.Expression | undefined): string => {
  if (list === undefined) return ''
  const element = source.checker.getIndexTypeOfType(
    source.checker.getTypeAtLocation(list),
    ts.IndexKind.Number,
  )
  const types = element?.isUnion() === true ? element.types : element === undefined ? [] : [element]
  const words = types.flatMap((type) => (type.isStringLiteral() ? [`\`${type.value}\``] : []))
  return words.length > 0 ? words.join(', ') : code(list)
}

/** A number, followed through constants such as `defaultLimits.noteCharacters`. */
const amount = (source: Source, expression: ts.Expression | undefined): string => {
  if (expression === undefined) return ''
  const value = valueOf(source, expression)
  if (ts.isNumericLiteral(value)) return Number(value.text).toLocaleString('en-US')
  if (ts.isPropertyAccessExpression(value)) {
    const owner = valueOf(source, value.expression)
    const property = ts.isObjectLiteralExpression(owner)
      ? propertiesOf(source, owner).find((candidate) => nameOf(candidate) === value.name.text)
      : undefined
    if (property !== undefined) return amount(source, propertyValue(source, property))
  }
  return code(value)
}

const code = (node: ts.Node): string => `\`${oneLine(node.getText())}\``
