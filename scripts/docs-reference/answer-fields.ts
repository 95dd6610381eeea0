import ts from 'typescript'
import { docOf, type Source } from './source.js'

/** A field of an answer: `fulfillments[].location`, its type as TypeScript writes it, and what its docstring says. */
export interface AnswerField {
  readonly path: string
  readonly type: string
  readonly optional: boolean
  readonly words: string
}

export interface AnswerFields {
  readonly fields: readonly AnswerField[]
  /** Views and receipts named in them, each worth a table of its own. */
  readonly named: readonly ts.Type[]
}

/** The fields of a type. Parts without a name are opened up; a view or receipt is named and handed back. */
export const answerFields = (source: Source, type: ts.Type): AnswerFields => {
  const named: ts.Type[] = []
  return { fields: fieldsAt(source, type, '', named), named }
}

const fieldsAt = (source: Source, type: ts.Type, path: string, named: ts.Type[]): readonly AnswerField[] =>
  inOrderOfSource(type.getProperties()).flatMap((property): readonly AnswerField[] => {
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0
    const at = path === '' ? property.name : `${path}.${property.name}`
    const own = source.checker.getNonNullableType(source.checker.getTypeOfSymbol(property))
    const words = docOf(source, property)
    const element = elementOf(source, own)
    const inner = element ?? own
    if (hasNoName(inner)) {
      const list = element !== undefined
      const below = fieldsAt(source, inner, list ? `${at}[]` : at, named)
      return [{ path: at, type: list ? 'list' : 'object', optional, words }, ...below]
    }
    if (isView(inner)) named.push(inner)
    return [{ path: at, type: typeText(source, own), optional, words }]
  })

/** The compiler lists inherited fields in no order a reader would expect. */
const inOrderOfSource = (properties: readonly ts.Symbol[]): readonly ts.Symbol[] => {
  const files = [...new Set(properties.map(fileOf))]
  const place = (property: ts.Symbol): number => property.declarations?.[0]?.pos ?? 0
  return properties.toSorted(
    (left, right) => files.indexOf(fileOf(left)) - files.indexOf(fileOf(right)) || place(left) - place(right),
  )
}

const fileOf = (symbol: ts.Symbol): string => symbol.declarations?.[0]?.getSourceFile().fileName ?? ''

export const elementOf = (source: Source, type: ts.Type): ts.Type | undefined =>
  source.checker.isArrayType(type) ? source.checker.getTypeArguments(type as ts.TypeReference)[0] : undefined

const isPlainObject = (type: ts.Type): boolean =>
  (type.flags & ts.TypeFlags.Object) !== 0 &&
  type.getCallSignatures().length === 0 &&
  type.getStringIndexType() === undefined

const hasNoName = (type: ts.Type): boolean =>
  isPlainObject(type) &&
  type.aliasSymbol === undefined &&
  (type.symbol.flags & (ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral)) !== 0

/** Made for an answer, and so found nowhere else in the reference. */
export const isView = (type: ts.Type): boolean =>
  isPlainObject(type) &&
  !hasNoName(type) &&
  /\/src\/(?:app|core\/flows)\//.test(fileOf(type.aliasSymbol ?? type.symbol))

export const typeText = (source: Source, type: ts.Type): string =>
  source.checker
    .typeToString(
      type,
      undefined,
      ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType,
    )
    .replaceAll('readonly ', '')
