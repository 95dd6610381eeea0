import ts from 'typescript'
import { bare, initializerOf, nameOf, symbolAt, valueOf, type Source } from './source.js'

/** What a command or query can come to, read from every function on its way. */
export interface Reached {
  /** Codes it can be refused with. */
  readonly refusals: ReadonlySet<string>
  /** Topics of the messages it can plan. */
  readonly topics: ReadonlySet<string>
}

type FunctionNode = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration

/** An argument, with what the names in it stand for where the call was made. */
interface Bound {
  readonly node: ts.Expression
  readonly names: Names
}
type Names = ReadonlyMap<ts.Symbol, Bound>

interface Walk {
  readonly source: Source
  readonly codes: ReadonlySet<string>
  readonly refusals: Set<string>
  readonly topics: Set<string>
  readonly visited: Set<string>
}

/**
 * Follows every function that `start` calls. Where a decider is handed a command of one type, only that branch of its `switch` is read, so a
 * command is not said to be refused for the reasons of another.
 */
export const reachedFrom = (source: Source, codes: ReadonlySet<string>, start: ts.Expression): Reached => {
  const walk: Walk = { source, codes, refusals: new Set(), topics: new Set(), visited: new Set() }
  const entry = functionOf(walk, start, new Map())
  if (entry === undefined) throw new Error(`no function is ${start.getText().slice(0, 80)}`)
  visit(walk, entry.body, new Map())
  return walk
}

const visit = (walk: Walk, node: ts.Node | undefined, names: Names): void => {
  if (node === undefined || ts.isTypeNode(node)) return
  if (ts.isCallExpression(node)) return visitCall(walk, node, names)
  if (ts.isSwitchStatement(node)) return visitSwitch(walk, node, names)
  if (ts.isIdentifier(node)) return visitName(walk, node, names)
  if (ts.isPropertyAssignment(node)) {
    if (nameOf(node) === 'code') addCodes(walk, node.initializer, names)
    return visit(walk, node.initializer, names)
  }
  ts.forEachChild(node, (child) => {
    visit(walk, child, names)
  })
}

const visitCall = (walk: Walk, call: ts.CallExpression, names: Names): void => {
  const [first] = call.arguments
  const callee = call.expression.getText()
  if (callee === 'refuse' && first !== undefined) addCodes(walk, first, names)
  const topic = call.arguments[3]
  if (callee === 'sendAboutOrder' && topic !== undefined) {
    for (const text of textsOf(walk, topic, names)) walk.topics.add(text)
    return
  }
  const sent =
    callee.endsWith('.send') && first !== undefined ? propertyNamed(bare(first), 'topic') : undefined
  if (sent !== undefined) for (const text of textsOf(walk, sent, names)) walk.topics.add(text)
  const called = functionOf(walk, call.expression, names)
  if (called === undefined) visit(walk, call.expression, names)
  else if (callee !== 'refuse') enter(walk, called, call.arguments, names)
  for (const argument of call.arguments) visit(walk, argument, names)
}

/** A function that is passed on and not called here may be called there. */
const visitName = (walk: Walk, name: ts.Identifier, names: Names): void => {
  const passed = functionOf(walk, name, names)
  if (passed !== undefined && isOurs(walk, passed)) enter(walk, passed, [], names)
}

const enter = (walk: Walk, called: FunctionNode, given: readonly ts.Expression[], names: Names): void => {
  if (!isOurs(walk, called)) return
  const inside = new Map(names)
  for (const [place, parameter] of called.parameters.entries()) {
    const argument = given[place] ?? parameter.initializer
    if (!ts.isIdentifier(parameter.name)) continue
    const symbol = walk.source.checker.getSymbolAtLocation(parameter.name)
    if (symbol === undefined) continue
    inside.delete(symbol)
    if (argument !== undefined) inside.set(symbol, resolve(walk, argument, names))
  }
  const mark = `${called.getSourceFile().fileName}:${called.pos}:${signature(walk, called, inside)}`
  if (walk.visited.has(mark)) return
  walk.visited.add(mark)
  visit(walk, called.body, inside)
}

/** Two calls are the same walk when they pass the same words on. */
const signature = (walk: Walk, called: FunctionNode, names: Names): string =>
  called.parameters
    .map((parameter) => {
      const symbol = walk.source.checker.getSymbolAtLocation(parameter.name)
      const bound = symbol === undefined ? undefined : names.get(symbol)
      return bound === undefined ? '' : `${bound.node.getSourceFile().fileName}:${bound.node.pos}`
    })
    .join('|')

const visitSwitch = (walk: Walk, node: ts.SwitchStatement, names: Names): void => {
  visit(walk, node.expression, names)
  const wanted = textsOf(walk, node.expression, names)
  let falling = false
  for (const clause of node.caseBlock.clauses) {
    const label =
      ts.isCaseClause(clause) && ts.isStringLiteral(clause.expression) ? clause.expression.text : undefined
    falling ||= wanted.length === 0 || label === undefined || wanted.includes(label)
    if (!falling) continue
    for (const statement of clause.statements) visit(walk, statement, names)
    if (clause.statements.length > 0) falling = false
  }
}

const addCodes = (walk: Walk, expression: ts.Expression, names: Names): void => {
  for (const text of textsOf(walk, expression, names)) if (walk.codes.has(text)) walk.refusals.add(text)
}

/** The words an expression can be; none when it could be any. */
const textsOf = (walk: Walk, expression: ts.Expression, names: Names): readonly string[] => {
  const { node, names: there } = resolve(walk, expression, names)
  if (ts.isStringLiteral(node)) return [node.text]
  if (ts.isConditionalExpression(node)) {
    return [...textsOf(walk, node.whenTrue, there), ...textsOf(walk, node.whenFalse, there)]
  }
  if (ts.isPropertyAccessExpression(node)) {
    const object = resolve(walk, node.expression, there)
    const property = propertyNamed(object.node, node.name.text)
    if (property !== undefined) return textsOf(walk, property, object.names)
  }
  const type = walk.source.checker.getTypeAtLocation(node)
  const kinds = type.isUnion() ? type.types : [type]
  const texts = kinds.flatMap((kind) => (kind.isStringLiteral() ? [kind.value] : []))
  return texts.length === kinds.length && texts.length <= 4 ? texts : []
}

const propertyNamed = (node: ts.Expression, name: string): ts.Expression | undefined => {
  if (!ts.isObjectLiteralExpression(node)) return undefined
  for (const property of node.properties) {
    if (ts.isPropertyAssignment(property) && nameOf(property) === name) return property.initializer
  }
  return undefined
}

/** Follows parameters to what they were given. */
const resolve = (walk: Walk, expression: ts.Expression, names: Names): Bound => {
  const node = bare(expression)
  if (!ts.isIdentifier(node)) return { node, names }
  const symbol = symbolAt(walk.source.checker, node)
  const bound = symbol === undefined ? undefined : names.get(symbol)
  if (bound !== undefined) return bound
  const initializer = initializerOf(symbol)
  return initializer === undefined ? { node, names } : resolve(walk, initializer, names)
}

const functionOf = (walk: Walk, expression: ts.Expression, names: Names): FunctionNode | undefined => {
  const { node } = resolve(walk, expression, names)
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node
  if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) {
    const object = valueOf(walk.source, node.expression)
    const name = ts.isPropertyAccessExpression(node)
      ? node.name.text
      : ts.isStringLiteral(node.argumentExpression)
        ? node.argumentExpression.text
        : ''
    const property = propertyNamed(object, name)
    return property === undefined ? undefined : functionOf(walk, property, names)
  }
  if (!ts.isIdentifier(node)) return undefined
  const declaration = symbolAt(walk.source.checker, node)?.valueDeclaration
  return declaration !== undefined && ts.isFunctionDeclaration(declaration) ? declaration : undefined
}

const isOurs = (walk: Walk, called: FunctionNode): boolean =>
  walk.source.files.includes(called.getSourceFile())
