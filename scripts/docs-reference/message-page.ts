import ts from 'typescript'
import { topics } from '../../src/core/notifications/topics.js'
import { codes, pageOf } from './markdown.js'
import type { Operation } from './operations.js'
import { bare, initializerOf, symbolAt, valueOf, type Source } from './source.js'

/** Every topic, the commands that plan it, and the fields its content adds. */
export const messagePage = (source: Source, operations: readonly Operation[]): Promise<string> => {
  const contents = contentFields(source)
  return pageOf('Messages', [
    'A message is planned in the commit of the fact it tells and sent by the relay. Its content is looked up when it is sent: every message about an order has `order`, `orderNumber` and `status`, and `reference` and `purchaseOrder` where the order has them. Fields whose value is not known are left out.',
    ...topics.map((topic) => {
      const commands = operations.filter((operation) => operation.topics.has(topic)).map(({ name }) => name)
      const fields = contents.get(topic) ?? []
      return [
        `## ${topic}`,
        commands.length === 0 ? 'No command plans it yet.' : `Planned by ${codes(commands)}.`,
        fields.length === 0 ? 'Has no fields of its own.' : `Adds ${codes(fields)}.`,
      ].join('\n\n')
    }),
  ])
}

const contentFields = (source: Source): ReadonlyMap<string, readonly string[]> => {
  const file = source.files.find(({ fileName }) => fileName.endsWith('src/core/notifications/content.ts'))
  const fields = new Map<string, readonly string[]>()
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node) && node.elements.length === 2) {
      const [topic, content] = node.elements
      if (topic !== undefined && content !== undefined && ts.isStringLiteral(topic)) {
        fields.set(topic.text, fieldsOf(source, content))
      }
    }
    ts.forEachChild(node, visit)
  }
  if (file !== undefined) visit(file)
  return fields
}

/** The fields of the object a function returns, those spread in from another function included. */
const fieldsOf = (source: Source, content: ts.Expression): readonly string[] => {
  const made = valueOf(source, content)
  if (!ts.isArrowFunction(made)) return []
  const returned = ts.isBlock(made.body)
    ? made.body.statements.flatMap((statement) =>
        ts.isReturnStatement(statement) && statement.expression !== undefined
          ? [bare(statement.expression)]
          : [],
      )
    : [bare(made.body)]
  return [...new Set(returned.flatMap((object) => fieldsOfObject(source, object)))]
}

const fieldsOfObject = (source: Source, object: ts.Expression): readonly string[] => {
  const literal = bare(object)
  if (ts.isBinaryExpression(literal)) return fieldsOfObject(source, literal.right)
  if (ts.isCallExpression(literal)) {
    return ts.isIdentifier(literal.expression) &&
      initializerOf(symbolAt(source.checker, literal.expression)) !== undefined
      ? fieldsOf(source, literal.expression)
      : []
  }
  if (!ts.isObjectLiteralExpression(literal)) return []
  return literal.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property)) return fieldsOfObject(source, property.expression)
    return property.name === undefined ? [] : [property.name.getText()]
  })
}
