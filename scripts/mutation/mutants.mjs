import ts from 'typescript'

const { SyntaxKind } = ts

const flipped = new Map([
  ['===', ['!==']],
  ['!==', ['===']],
  ['<', ['<=', '>=']],
  ['<=', ['<', '>']],
  ['>', ['>=', '<=']],
  ['>=', ['>', '<']],
  ['&&', ['||']],
  ['||', ['&&']],
  ['+', ['-']],
  ['-', ['+']],
  ['*', ['/']],
  ['/', ['*']],
  ['%', ['*']],
])

const isText = (node) =>
  ts.isStringLiteral(node) || ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)

/** What an expression could be by mistake; nothing where nobody would notice, as in the text of an error that is never to be thrown. */
const mistakesOf = (node, text) => {
  const own = text(node)
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText()
    if (operator === '+' && (isText(node.left) || isText(node.right))) return []
    return (flipped.get(operator) ?? []).map((other) => `${text(node.left)} ${other} ${text(node.right)}`)
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const isDropped = node.operator === SyntaxKind.ExclamationToken || node.operator === SyntaxKind.MinusToken
    return isDropped ? [text(node.operand)] : []
  }
  if (node.kind === SyntaxKind.TrueKeyword) return ['false']
  if (node.kind === SyntaxKind.FalseKeyword) return ['true']
  if (ts.isNumericLiteral(node)) return [`${own} + 1`]
  if (ts.isBigIntLiteral(node)) return [`${own} + 1n`]
  if (ts.isStringLiteral(node)) return [own === "''" ? "'something'" : "''"]
  return []
}

/** Conditions are true, and false: the second leaves an early return out. */
const isCondition = ({ parent }, node) =>
  (ts.isIfStatement(parent) && parent.expression === node) ||
  (ts.isConditionalExpression(parent) && parent.condition === node)

const isName = ({ parent }, node) =>
  ts.isImportDeclaration(parent) || (ts.isPropertyAssignment(parent) && parent.name === node)

/** The message of an assertion or an error is read by people only. */
const isMessage = ({ parent }, node) =>
  ts.isNewExpression(parent) ||
  (ts.isCallExpression(parent) && parent.expression.getText() === 'invariant' && parent.arguments[0] !== node)

/**
 * The mutants of a source file, and its text with all of them in it: each stands behind a question, so that one program holds them all and a test is asked
 * about one after another without building anything. What runs when the file is loaded runs once only and is left out.
 */
export const mutate = (path, source, firstId) => {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true)
  const mutants = []
  let atLoad = 0
  const plain = (node) => source.slice(node.getStart(file), node.end)

  const visit = (node, isInside) => {
    if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node))
      return source.slice(node.pos, node.end)
    const inside = isInside || ts.isFunctionLike(node)
    const children = []
    let at = node.pos
    let written = ''
    ts.forEachChild(node, (child) => void children.push(child))
    for (const child of children.sort((left, right) => left.pos - right.pos)) {
      written += source.slice(at, child.pos) + visit(child, inside)
      at = child.end
    }
    written += source.slice(at, node.end)
    if (!ts.isExpression(node) || isName({ parent: node.parent }, node)) return written
    const wrong = isText(node) && isMessage({ parent: node.parent }, node) ? [] : mistakesOf(node, plain)
    if (isCondition(node, node)) wrong.push('true', 'false')
    if (wrong.length === 0) return written
    if (!inside) {
      atLoad += wrong.length
      return written
    }
    const lead = node.getStart(file) - node.pos
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
    let guarded = written.slice(lead)
    for (const mistake of wrong) {
      const id = firstId + mutants.length
      mutants.push({ id, path, line: line + 1, from: plain(node), to: mistake })
      guarded = `globalThis.isMutant(${id}) ? ${mistake} : ${guarded}`
    }
    return `${written.slice(0, lead)}(${guarded})`
  }
  const text = visit(file, false)
  return { mutants, atLoad, text }
}
