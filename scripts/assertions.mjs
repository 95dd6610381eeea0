// `npm run assertions`: how many assertions stand in each folder of src/core beside its functions, read with the compiler of TypeScript. All of them stay
// on in production; there are none for development alone. The last line is the figures as JSON.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { optionsOf } from './run-bundled.mjs'

const { folder: root } = optionsOf({ folder: 'src/core' })

/** What throws `InvariantViolation` when what it is given is not so. */
const asserting = new Set(['invariant', 'present', 'elementAt', 'granted'])

const none = { functions: 0, named: 0, canFail: 0, assertions: 0, conditions: 0 }
const folders = new Map()

const isNamed = (node) =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isVariableDeclaration(node.parent)

/** A function that only reads, builds or hands on cannot break a rule: it neither computes, compares nor chooses. */
const canFail = (body) => {
  let found = false
  const look = (node) => {
    if (found || ts.isFunctionLike(node)) return
    found =
      (ts.isBinaryExpression(node) && node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) ||
      ts.isIfStatement(node) ||
      ts.isConditionalExpression(node) ||
      ts.isSwitchStatement(node) ||
      ts.isIterationStatement(node, false) ||
      ts.isPrefixUnaryExpression(node)
    ts.forEachChild(node, look)
  }
  look(body)
  return found
}

/** `a && b` says two things. */
const conditionsIn = (node) =>
  node !== undefined &&
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    ? conditionsIn(node.left) + conditionsIn(node.right)
    : 1

const countIn = (file) => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const counts = { ...none }
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      counts.functions += 1
      if (isNamed(node)) {
        counts.named += 1
        if (canFail(node.body)) counts.canFail += 1
      }
    }
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      asserting.has(node.expression.text)
    ) {
      counts.assertions += 1
      counts.conditions += node.expression.text === 'invariant' ? conditionsIn(node.arguments[0]) : 1
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return counts
}

const sum = (one, other) =>
  Object.fromEntries(Object.keys(none).map((name) => [name, one[name] + other[name]]))

for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.ts')) continue
  const [folder] = name.includes('/') ? name.split('/') : ['.']
  folders.set(folder, sum(folders.get(folder) ?? none, countIn(join(root, name))))
}

const row = (name, { functions, named, canFail: may, assertions, conditions }) =>
  console.log(
    `${name.padEnd(16)} ${String(functions).padStart(9)} ${String(named).padStart(6)} ${String(may).padStart(15)} ${String(assertions).padStart(11)} ${String(conditions).padStart(11)} ${(conditions / Math.max(1, may)).toFixed(2).padStart(21)}`,
  )
console.log('folder           functions  named  that can fail  assertions  conditions  for one that can fail')
for (const [name, counts] of folders) row(name, counts)
const all = [...folders.values()].reduce(sum, none)
row('all', all)
console.log(
  `${all.conditions} conditions in ${all.assertions} assertions, ${(all.conditions / all.canFail).toFixed(2)} for each function that can fail`,
)
console.log(JSON.stringify({ suite: 'assertions', ...all, development: 0 }))
