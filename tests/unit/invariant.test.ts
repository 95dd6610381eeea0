import { expect, it } from 'vitest'
import { elementAt, present } from '../../src/core/invariant.js'
import { err, granted, ok } from '../../src/core/result.js'

const broken = {
  code: 'invariant_violated',
  message: 'orderwright broke its own rule: each line has its share. Nothing was written; please report it.',
}

it('hands on what is there, nothing and nought included, and stops at what is not', () => {
  expect([0n, '', null].map((value) => present(value, 'each line has its share'))).toEqual([0n, '', null])
  const shares: readonly bigint[] = [1n]
  expect(() => present(shares[1], 'each line has its share')).toThrow(expect.objectContaining(broken))
})

it('takes the element beside another, and stops where the other list is longer', () => {
  expect([0, 1].map((index) => elementAt([0n, 2n], index))).toEqual([0n, 2n])
  expect(() => elementAt([0n, 2n], 2)).toThrow(
    expect.objectContaining({ message: expect.stringContaining('are of one length') as string }),
  )
})

it('hands on what was decided, and stops at a refusal that could not be', () => {
  expect(granted(ok(7), 'each line has its share')).toBe(7)
  expect(() => granted(err('out_of_stock'), 'each line has its share')).toThrow(
    expect.objectContaining(broken),
  )
})
