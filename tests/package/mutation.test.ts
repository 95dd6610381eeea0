import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { mutate } from '../../scripts/mutation/mutants.mjs'

type Made = (value: unknown) => unknown

/** The function of a source with its mutants in it, of which the named one is in force. */
const madeOf = (text: string, inForce?: number): Made => {
  const { code } = transformSync(text, { loader: 'ts' })
  return runInNewContext(`${code}; made`, { isMutant: (id: number) => id === inForce }) as Made
}

/** What a function answers to each of the values, with each mutant of its source in force. */
const underEach = (body: string, values: readonly unknown[]) => {
  const { mutants, text } = mutate('made.ts', `const made = ${body}`, 0)
  return mutants.map(({ id, from, to }) => ({ from, to, answers: values.map(madeOf(text, id)) }))
}

describe('the mutants of `npm run mutation`', () => {
  it('are in one text, each in force by itself, and without any it does what it did', () => {
    const source = '(count: number): boolean => count > 2'
    expect(underEach(source, [2, 3, 4])).toEqual([
      { from: '2', to: '2 + 1', answers: [false, false, true] },
      { from: 'count > 2', to: 'count >= 2', answers: [true, true, true] },
      { from: 'count > 2', to: 'count <= 2', answers: [true, false, false] },
    ])
    const { text } = mutate('made.ts', `const made = ${source}`, 0)
    expect([2, 3].map(madeOf(text))).toEqual([false, true])
  })

  it('leave an early return out, and take it always', () => {
    const answers = underEach('(left: bigint) => { if (left === 0n) return false\n return left }', [0n, 5n])
    expect(answers.filter(({ from }) => from === 'left === 0n')).toEqual([
      { from: 'left === 0n', to: 'left !== 0n', answers: [0n, false] },
      { from: 'left === 0n', to: 'true', answers: [false, false] },
      { from: 'left === 0n', to: 'false', answers: [0n, 5n] },
    ])
  })

  it('change no types, no names, no message of an assertion, and nothing that runs when the file is loaded', () => {
    const source = [
      "import { invariant } from './invariant.js'",
      "type Kind = 'one' | 'two'",
      'const most = 3',
      "export const check = (kind: Kind, left: 1): { 'a-name': Kind } => {",
      "  invariant(left, 'it is left')",
      "  return { 'a-name': kind }",
      '}',
    ].join('\n')
    expect(mutate('check.ts', source, 0)).toEqual({ mutants: [], atLoad: 1, text: source })
  })

  it('keep what they count apart from one file to the next', () => {
    expect(mutate('made.ts', 'const made = () => 1', 7).mutants.map(({ id }) => id)).toEqual([7])
  })
})
