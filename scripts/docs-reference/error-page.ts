import ts from 'typescript'
import { meaningOf } from '../../src/core/ports/errors.js'
import { code, codes, pageOf, table, withoutRuleNumbers } from './markdown.js'
import type { Operation } from './operations.js'
import { docOf, publishedNames, type Source } from './source.js'

/** Every code of an answer, from src/core/ports/errors.ts, and every error that is thrown. */
export const errorPage = (source: Source, operations: readonly Operation[]): Promise<string> =>
  pageOf('Errors', [
    'A refused command or query resolves to `{ ok: false, error }`; `error` is `{ code, message, details, issues?, retry, status }`. The message is safe to show and never repeats a value of the input. `status` is the HTTP status that fits.',
    '`retry` says what a caller can do: `never` (the same request gets the same answer), `same-key` (repeat it with the same idempotency key), `after` (repeat it later).',
    '## Codes',
    table(
      ['code', 'status', 'retry', 'message'],
      Object.entries(meaningOf).map(([name, { status, retry, message }]) => [
        code(name),
        String(status),
        retry,
        message,
      ]),
    ),
    'An input that is too large as a whole is refused as `limit_exceeded` with status 413.',
    '## Which call refuses with which code',
    'Every call can be refused as `validation_failed`, `limit_exceeded`, `forbidden`, `deadline_exceeded` or `storage_unavailable`, every command as `outcome_unknown`, `idempotency_key_reused` (with a key), `idempotency_key_required` (without one where it is needed) and `version_conflict` (with `expectedVersion`). The codes below are read from the functions on the way of each call.',
    callsByCode(operations).join('\n'),
    '## Errors that are thrown',
    'They are recognized by `code`, never by `instanceof`: a host may load the ESM and the CommonJS build at once.',
    table(['code', 'class', 'meaning'], thrownErrors(source)),
  ])

const callsByCode = (operations: readonly Operation[]): readonly string[] =>
  Object.keys(meaningOf).flatMap((name) => {
    const calls = operations
      .filter((operation) => operation.refusals.has(name))
      .map((operation) => operation.name)
    return calls.length === 0 ? [] : [`- ${code(name)}: ${codes(calls)}`]
  })

const thrownErrors = (source: Source): readonly (readonly string[])[] =>
  publishedNames(source).flatMap((symbol) => {
    const declaration = symbol.valueDeclaration
    if (declaration === undefined || !ts.isClassDeclaration(declaration)) return []
    const property = source.checker.getDeclaredTypeOfSymbol(symbol).getProperty('code')
    if (property === undefined) return []
    const type = source.checker.getTypeOfSymbol(property)
    const kinds = type.isUnion() ? type.types : [type]
    const names = kinds.flatMap((kind) => (kind.isStringLiteral() ? [kind.value] : []))
    return [
      [
        names.length > 8 ? 'any of the codes above' : codes(names),
        code(symbol.name),
        withoutRuleNumbers(docOf(source, symbol)),
      ],
    ]
  })
