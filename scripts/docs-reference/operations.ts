import ts from 'typescript'
import { answerFields, type AnswerFields } from './answer-fields.js'
import { inputFields, type InputField } from './input-fields.js'
import { reachedFrom, type Reached } from './reachable.js'
import {
  bare,
  docOf,
  nameOf,
  propertiesOf,
  propertyValue,
  symbolAt,
  symbolOfProperty,
  type Source,
} from './source.js'

/** A command or a query as hosts call it: `orders.place`. */
export interface Operation extends Reached {
  readonly name: string
  readonly group: string
  /** One sentence, from the list of commands. */
  readonly summary: string
  /** All of it, from the docstring of the operation itself. */
  readonly words: string
  /** `required` or `optional` for commands; queries have none. */
  readonly idempotencyKey: string | undefined
  readonly input: readonly InputField[]
  readonly value: ts.Type
  readonly answer: AnswerFields
}

/** Reads a list of operations by group, as `commands` of src/app/commands.ts. */
export const operationsOf = (
  source: Source,
  codes: ReadonlySet<string>,
  list: ts.Expression,
): readonly Operation[] =>
  propertiesOf(source, literal(list)).flatMap((group) =>
    propertiesOf(source, literal(propertyValue(source, group))).map((property) =>
      operationOf(source, codes, nameOf(group), property),
    ),
  )

const operationOf = (
  source: Source,
  codes: ReadonlySet<string>,
  group: string,
  property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
): Operation => {
  const definition = propertyValue(source, property)
  const parts = definitionParts(source, definition)
  const decides = parts.get('plan') ?? parts.get('run')
  const input = parts.get('input')
  const name = parts.get('name')
  if (decides === undefined || input === undefined || name === undefined || !ts.isStringLiteral(name)) {
    throw new Error(`${group}.${nameOf(property)} is no operation`)
  }
  const key = parts.get('idempotencyKey')
  const value = valueType(source, definition)
  const own = ts.isPropertyAssignment(property) ? bare(property.initializer) : property.name
  const words = ts.isIdentifier(own) ? docOf(source, symbolAt(source.checker, own)) : ''
  const summary = docOf(source, symbolOfProperty(source, property))
  return {
    name: name.text,
    group,
    summary: summary === '' ? firstSentence(words) : summary,
    words: words === '' ? summary : words,
    idempotencyKey: key !== undefined && ts.isStringLiteral(key) ? key.text : undefined,
    input: inputFields(source, input),
    value,
    answer: answerFields(source, value),
    ...reachedFrom(source, codes, decides),
  }
}

const definitionParts = (source: Source, definition: ts.Expression): ReadonlyMap<string, ts.Expression> => {
  const [described] = ts.isCallExpression(definition) ? definition.arguments : []
  if (described === undefined) throw new Error(`no definition: ${definition.getText().slice(0, 80)}`)
  return new Map(
    propertiesOf(source, literal(described)).map((property) => [
      nameOf(property),
      ts.isPropertyAssignment(property) ? bare(property.initializer) : property.name,
    ]),
  )
}

/** `Command<Schema, Value, …>` and `QueryDefinition<Schema, Value>` both have the value in the second place. */
const valueType = (source: Source, definition: ts.Expression): ts.Type => {
  const type = source.checker.getTypeAtLocation(definition)
  const [, value] = source.checker.getTypeArguments(type as ts.TypeReference)
  if (value === undefined) throw new Error(`no value: ${definition.getText().slice(0, 80)}`)
  return value
}

const literal = (expression: ts.Expression): ts.ObjectLiteralExpression => {
  const object = bare(expression)
  if (ts.isObjectLiteralExpression(object)) return object
  throw new Error(`no list of operations: ${object.getText().slice(0, 80)}`)
}

const firstSentence = (words: string): string =>
  /^.*?[.:](?=\s|$)/.exec(words)?.[0].replace(/:$/, '.') ?? words
