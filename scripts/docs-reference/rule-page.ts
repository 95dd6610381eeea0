import ts from 'typescript'
import { code, pageOf, table } from './markdown.js'
import type { Source } from './source.js'

/** The rules that `issues` of `validation_failed` name, from src/core/ports/rules.ts. */
export const rulePage = (source: Source): Promise<string> =>
  pageOf('Rules of input', [
    'A call refused as `validation_failed` has `issues`, one for each broken field: `{ path, rule, message }`. Switch on `rule`; `message` is its text in words.',
    table(['rule', 'message'], rulesOf(source)),
  ])

const rulesOf = (source: Source): readonly (readonly string[])[] => {
  const file = source.files.find(({ fileName }) => fileName.endsWith('src/core/ports/rules.ts'))
  const rules: string[][] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.initializer)) {
      rules.push([code(node.name.getText().replaceAll("'", '')), node.initializer.text])
    }
    ts.forEachChild(node, visit)
  }
  if (file !== undefined) visit(file)
  return rules
}
