import type ts from 'typescript'
import { answerFields, elementOf, isView, typeText, type AnswerField } from './answer-fields.js'
import { code, codes, pageOf, table, withoutRuleNumbers } from './markdown.js'
import type { Operation } from './operations.js'
import { docOf, type Source } from './source.js'

export interface OperationPages {
  readonly folder: 'commands' | 'queries'
  readonly operations: readonly Operation[]
}

const introductions = {
  commands: [
    'Called as `oms.as(caller).orders.place(input, { idempotencyKey, expectedVersion })`. Resolves to `{ ok: true, value, version, replayed }` or `{ ok: false, error, replayed }`; the twin under `orThrow` resolves to the value and rejects with the error.',
    'Inputs are strict: a field that is not listed is refused. `expectedVersion` is optional everywhere and refuses as `version_conflict` unless the record the command is about still has that version. The refusals are read from every function on the way of a command; a few of them only broken data could bring about.',
  ],
  queries: [
    'Called as `oms.as(caller).orders.get(input)`. Resolves to `{ ok: true, value, version? }` or `{ ok: false, error }`; the twin under `orThrow` resolves to the value and rejects with the error. The policy is asked over the records that were read, before anything of them is answered.',
    'Lists answer a page: hand its `next` back as `cursor` for the following one.',
  ],
} as const

/** One page a group, and an index of all. */
export const operationPages = async (
  source: Source,
  { folder, operations }: OperationPages,
): Promise<ReadonlyMap<string, string>> => {
  const title = folder === 'commands' ? 'Commands' : 'Queries'
  const groups = [...new Set(operations.map((operation) => operation.group))]
  const pages = new Map<string, string>()
  for (const group of groups) {
    const members = operations.filter((operation) => operation.group === group)
    const text = await pageOf(`${title}: ${group}`, [
      ...members.map((operation) => operationText(source, operation)),
      ...viewTexts(source, members),
    ])
    pages.set(`${folder}/${group}.md`, text)
  }
  const rows = operations.map((operation) => [
    `[${code(operation.name)}](./${operation.group}.md#${anchor(operation.name)})`,
    withoutRuleNumbers(operation.summary),
    operation.idempotencyKey ?? '',
  ])
  return pages.set(
    `${folder}/index.md`,
    await pageOf(title, [
      ...introductions[folder],
      table([folder === 'commands' ? 'command' : 'query', 'what it does', 'idempotency key'], rows),
    ]),
  )
}

/** As GitHub makes it from a heading. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-')

const operationText = (source: Source, operation: Operation): string =>
  [
    `## ${operation.name}`,
    withoutRuleNumbers(operation.words),
    facts(operation),
    table(
      ['input', 'form', 'meaning'],
      operation.input.map(({ path, form, optional, words }) => [
        code(path),
        optional ? `${form}, optional` : form,
        withoutRuleNumbers(words),
      ]),
    ),
    answerText(source, operation),
    operation.refusals.size === 0
      ? ''
      : `Refused as: ${codes([...operation.refusals].sort())} (see [errors](../errors.md)).`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')

const facts = ({ idempotencyKey, topics }: Operation): string =>
  [
    ...(idempotencyKey === undefined ? [] : [`Idempotency key: ${idempotencyKey}.`]),
    ...(topics.size === 0
      ? []
      : [`Messages: ${codes([...topics].sort())} (see [messages](../messages.md)).`]),
  ].join(' ')

const answerText = (source: Source, { value, answer }: Operation): string => {
  const items = itemsOf(source, value)
  if (items !== undefined)
    return `Answers a page: \`items\`, each ${typeLink(source, items)}, and \`next\` unless it is the last.`
  const element = elementOf(source, value)
  if (element !== undefined) return `Answers a list, each ${typeLink(source, element)}.`
  if (isView(value)) return `Answers ${typeLink(source, value)}.`
  return answer.fields.length === 0
    ? `Answers ${code(typeText(source, value))}.`
    : `Answers:\n\n${fieldTable(answer.fields)}`
}

/** `List<OrderView>` is a page of `OrderView`. */
const itemsOf = (source: Source, value: ts.Type): ts.Type | undefined => {
  const items = typeText(source, value).startsWith('List<') ? value.getProperty('items') : undefined
  return items === undefined ? undefined : elementOf(source, source.checker.getTypeOfSymbol(items))
}

const typeLink = (source: Source, type: ts.Type): string => {
  const text = typeText(source, type)
  return isView(type) ? `[${code(text)}](#${anchor(text)})` : code(text)
}

const fieldTable = (fields: readonly AnswerField[]): string =>
  table(
    ['field', 'type', 'meaning'],
    fields.map(({ path, type, optional, words }) => [
      code(optional ? `${path}?` : path),
      type === 'list' || type === 'object' ? type : code(type),
      withoutRuleNumbers(words),
    ]),
  )

/** A table for every view that the answers of a page name, and for the views named in those. */
const viewTexts = (source: Source, operations: readonly Operation[]): readonly string[] => {
  const waiting = operations.flatMap(({ value, answer }) => {
    const one = itemsOf(source, value) ?? elementOf(source, value) ?? value
    return isView(one) ? [one] : answer.named
  })
  const texts = new Map<string, string>()
  for (let type = waiting.shift(); type !== undefined; type = waiting.shift()) {
    const name = typeText(source, type)
    if (texts.has(name)) continue
    const { fields, named } = answerFields(source, type)
    const words = withoutRuleNumbers(docOf(source, type.aliasSymbol ?? type.symbol))
    texts.set(
      name,
      [`## ${name}`, words, viewTable(source, type, fields)].filter((part) => part !== '').join('\n\n'),
    )
    waiting.push(...named)
  }
  return [...texts.values()]
}

const viewTable = (source: Source, type: ts.Type, fields: readonly AnswerField[]): string =>
  type.isUnion()
    ? ['One of:', ...type.types.map((member) => `- ${code(typeText(source, member))}`)].join('\n')
    : fieldTable(fields)
