import * as fc from 'fast-check'

/** Names that are looked up along prototypes, and names of ours. */
const hostileNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'] as const
const ownNames = ['lines', 'sku', 'order', 'id', 'party'] as const

const word = fc.oneof(fc.constantFrom(...hostileNames, ...ownNames), fc.string({ maxLength: 8 }))

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'null'

/** Whatever JSON can say, with such names. */
export const hostileValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ maxLength: 12 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(word, tie('value')), { maxLength: 4 })
      .map(
        (entries) =>
          JSON.parse(
            `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join()}}`,
          ) as unknown,
      ),
  ),
})).value

/** A piece of a file: such a name, as a field, an element or an attribute, or what ends one. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    ...hostileNames,
    ...hostileNames.map((name) => `,${name}`),
    ...hostileNames.map((name) => `<${name}>x</${name}>`),
    ...hostileNames.map((name) => `<a ${name}="x"/>`),
    ...[
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      '\0',
      '\ufeff',
      '<',
      '>',
      '&',
      '&#65;',
      '</',
      '<!--',
      ']]>',
      '<![CDATA[',
    ],
  ),
  fc.string({ maxLength: 6 }),
)
