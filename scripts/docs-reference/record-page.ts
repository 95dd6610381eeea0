import ts from 'typescript'
import { codes, pageOf, withoutRuleNumbers } from './markdown.js'
import { bare, docOf, nameOf, type Source } from './source.js'

/** Every kind of record: what it is, what it can be found by, and which events it has. */
export const recordPage = (source: Source): Promise<string> => {
  const kinds = kindsOf(source).sort((left, right) => (left.name < right.name ? -1 : 1))
  return pageOf('Record kinds', [
    'A record is named by its tenant, its kind and its id. Kinds with events have a history and a hash chain; derived kinds are a function of other records or must be erasable, so they are written whole and have no events. Records are locked in the order of kind and id, as they stand here.',
    ...kinds.map(({ name, entries, words, events }) =>
      [
        `## ${name}`,
        words,
        entries.length === 0 ? 'Found by its id alone.' : `Found by its id and ${codes(entries)}.`,
        events.length === 0 ? 'Derived: it has no events.' : `Events: ${codes(events)}.`,
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    ),
  ])
}

interface Kind {
  readonly name: string
  readonly words: string
  readonly entries: readonly string[]
  readonly events: readonly string[]
}

const kindsOf = (source: Source): Kind[] =>
  source.files
    .filter((file) => file.fileName.includes('/src/core/'))
    .flatMap((file) => file.statements.filter((statement) => ts.isVariableStatement(statement)))
    .flatMap((statement) => statement.declarationList.declarations)
    .flatMap((declaration) => kindOf(source, declaration))

const kindOf = (source: Source, declaration: ts.VariableDeclaration): readonly Kind[] => {
  const literal = declaration.initializer === undefined ? undefined : bare(declaration.initializer)
  const written = declaration.type?.getText() ?? ''
  if (
    literal === undefined ||
    !ts.isObjectLiteralExpression(literal) ||
    !/^(?:Record|Derived)Kind</.test(written)
  )
    return []
  const part = (name: string) =>
    literal.properties.find((property) => nameOf(property) === name) as ts.PropertyAssignment | undefined
  const name = part('name')?.initializer
  if (name === undefined || !ts.isStringLiteral(name)) return []
  const type = source.checker.getTypeAtLocation(declaration.name)
  const [state, event] = (type.aliasTypeArguments ??
    source.checker.getTypeArguments(type as ts.TypeReference)) as readonly (ts.Type | undefined)[]
  return [
    {
      name: name.text,
      words: withoutRuleNumbers(docOf(source, state?.aliasSymbol ?? state?.symbol)),
      entries: entriesOf(part('entries')?.initializer),
      events: event === undefined ? [] : typesOf(source, event),
    },
  ]
}

/** The names of the object or objects that `entries` returns; one that is spread in under a condition is among them. */
const entriesOf = (entries: ts.Expression | undefined): readonly string[] => {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties)
        if (!ts.isSpreadAssignment(property)) names.add(nameOf(property))
    }
    ts.forEachChild(node, visit)
  }
  if (entries !== undefined && ts.isArrowFunction(entries)) visit(entries.body)
  return [...names]
}

const typesOf = (source: Source, event: ts.Type): readonly string[] =>
  (event.isUnion() ? event.types : [event]).flatMap((member) => {
    const property = member.getProperty('type')
    const type = property === undefined ? undefined : source.checker.getTypeOfSymbol(property)
    return type?.isStringLiteral() === true ? [type.value] : []
  })
