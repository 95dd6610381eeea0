import ts from 'typescript'
import { formName } from './input-fields.js'
import { pageOf, withoutRuleNumbers } from './markdown.js'
import { bare, docOf, initializerOf, symbolAt, type Source } from './source.js'

/** What the forms named in the tables of inputs look like: every exported schema of the core that is no object or list. */
export const formPage = (source: Source): Promise<string> => {
  const forms = source.files
    .filter((file) => file.fileName.includes('/src/core/'))
    .flatMap((file) => formsIn(source, file))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
  return pageOf('Forms of input fields', [
    'Nothing is converted on the way in: a number is no text, `"5"` is no count of pieces, a number is never an amount. Each form below is checked once, when a command or query is called.',
    ...forms.map(({ name, words }) => `## ${name}\n\n${withoutRuleNumbers(words)}`),
  ])
}

interface Form {
  readonly name: string
  readonly words: string
}

const formsIn = (source: Source, file: ts.SourceFile): readonly Form[] => {
  const module = source.checker.getSymbolAtLocation(file)
  const exported = module === undefined ? [] : source.checker.getExportsOfModule(module)
  const schemas = exported.flatMap((symbol) => {
    const initializer = symbol.name.endsWith('Schema') ? initializerOf(symbol) : undefined
    return initializer === undefined || !isForm(initializer) ? [] : [{ symbol, initializer }]
  })
  // Ids are explained once and made many times: what is made in the same way has the same words.
  const wordsByMaker = new Map<string, string>()
  for (const { symbol, initializer } of schemas) {
    const words = docOf(source, symbol)
    const maker = makerOf(source, initializer)
    if (words !== '' && !wordsByMaker.has(maker)) wordsByMaker.set(maker, words)
  }
  return schemas.map(({ symbol, initializer }) => ({
    name: formName(symbol.name),
    words: docOf(source, symbol) || (wordsByMaker.get(makerOf(source, initializer)) ?? shapeOf(initializer)),
  }))
}

const isForm = (initializer: ts.Expression): boolean => {
  const text = initializer.getText().replaceAll(/\s/g, '')
  return !ts.isArrowFunction(initializer) && !/^z\.(?:strictObject|object|array|enum|union)\(/.test(text)
}

/** `text(plain, 64)`, also for what is made by a helper that only calls it. */
const makerOf = (source: Source, initializer: ts.Expression): string => {
  const made = bare(initializer)
  if (!ts.isCallExpression(made)) return made.getText()
  const helper = ts.isIdentifier(made.expression)
    ? initializerOf(symbolAt(source.checker, made.expression))
    : undefined
  if (
    made.arguments.length === 0 &&
    helper !== undefined &&
    ts.isArrowFunction(helper) &&
    !ts.isBlock(helper.body)
  ) {
    return makerOf(source, helper.body)
  }
  return `${made.expression.getText()}(${made.arguments.map((argument) => argument.getText()).join(', ')})`
}

const shapeOf = (initializer: ts.Expression): string => {
  const pattern = /\.regex\((\/.*\/),/.exec(initializer.getText())?.[1]
  return pattern === undefined ? `\`${initializer.getText()}\`` : `Text that matches \`${pattern}\`.`
}
