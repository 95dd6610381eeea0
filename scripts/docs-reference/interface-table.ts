import { typeText } from './answer-fields.js'
import { code, table, withoutRuleNumbers } from './markdown.js'
import { docOf, type Source } from './source.js'

/** The properties of an exported interface with their types and docstrings. */
export const interfaceTable = (source: Source, file: string, name: string): string => {
  const type = source.type(file, name)
  return table(
    ['name', 'type', 'meaning'],
    type.getProperties().map((property) => {
      const text = typeText(
        source,
        source.checker.getNonNullableType(source.checker.getTypeOfSymbol(property)),
      )
      return [code(property.name), code(withoutLongUnions(text)), withoutRuleNumbers(docOf(source, property))]
    }),
  )
}

/** The topics have a page of their own; written out they would fill the table. */
const withoutLongUnions = (text: string): string =>
  text.replaceAll(/'[a-z_]+'(?: \| '[a-z_]+'){9,}/g, 'Topic')
