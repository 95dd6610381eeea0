import { describe, expect, it } from 'vitest'
import { documentTotals } from '../../../src/core/totals/document-totals.js'
import { partTotals, type PartRules } from '../../../src/core/totals/part-totals.js'
import type { DocumentAdjustment, TotalsInput } from '../../../src/core/totals/totals-input.js'
import { traceLines } from '../../support/trace-lines.js'
import { line, partText, sale, vat, wholeText } from '../../support/traced-sale.js'

const off = (amount: bigint, percent = '20'): DocumentAdjustment => ({
  kind: 'discount',
  amount,
  tax: vat(percent),
})
const freight = (amount: bigint, percent = '20'): DocumentAdjustment => ({
  kind: 'charge',
  amount,
  tax: vat(percent),
})
/** Three pieces at 10.00 with 20% and two at 5.00 with 7%. */
const order = (adjustments: readonly DocumentAdjustment[], more: Partial<TotalsInput> = {}): TotalsInput => ({
  ...sale,
  ownTaxDiscounts: 'with_lines',
  lines: [line('10.00', 3n), line('5.00', 2n, vat('7'))],
  adjustments,
  ...more,
})

const part = (input: TotalsInput, before: readonly bigint[], after: readonly bigint[], rules?: PartRules) =>
  partTotals(input, documentTotals(input), before, after, rules)

/** What each discount and charge comes to in two parts: the second line with one of the first, then the other two. */
const inTwoParts = (input: TotalsInput, rules?: PartRules) =>
  [part(input, [0n, 0n], [1n, 2n], rules), part(input, [1n, 2n], [3n, 2n], rules)].map(({ adjustments }) =>
    adjustments.map(({ index, amount }) => [index, amount]),
  )

describe('a discount that is taxed by itself', () => {
  it('goes with the lines that are taxed so, each its share, and with no others', () => {
    const input = order([off(1000n)])
    expect(part(input, [0n, 0n], [0n, 2n]).adjustments).toEqual([])
    expect(inTwoParts(input)).toEqual([[[0, -333n]], [[0, -667n]]])
  })

  it('is cut with its like as one sum, so that roundings take no more than there is', () => {
    const cents = order([off(1n), off(1n), off(1n)])
    expect(inTwoParts(cents)).toEqual([
      [[1, -1n]],
      [
        [0, -1n],
        [2, -1n],
      ],
    ])
  })

  it.each(['first', 'last', 'in_proportion'] as const)(
    'goes with charges that are taxed so where these are more, %s',
    (ownTax) => {
      const parts = inTwoParts(order([off(600n), freight(900n)]), { ownTax })
      const half = [
        [
          [0, -300n],
          [1, 450n],
        ],
        [
          [0, -300n],
          [1, 450n],
        ],
      ]
      const all = [
        [0, -600n],
        [1, 900n],
      ]
      expect(parts).toEqual(ownTax === 'first' ? [all, []] : ownTax === 'last' ? [[], all] : half)
    },
  )

  it('takes off charges first, whatever stands before them, and lines what is more', () => {
    const input = order([off(400n), freight(300n), off(200n)])
    expect(inTwoParts(input)).toEqual([
      [
        [0, -333n],
        [1, 300n],
        [2, -67n],
      ],
      [
        [0, -67n],
        [2, -133n],
      ],
    ])
  })

  it('goes whole with the first part where nothing else is taxed so, as a charge does', () => {
    expect(inTwoParts(order([off(100n, '19')]))).toEqual([[[0, -100n]], []])
  })

  it.each(['floor', 'ceiling', 'half_up'] as const)(
    'makes freight free to the cent with each part, rounded %s',
    (rounding) => {
      const input = order([freight(490n, '19'), off(490n, '19')], {
        rounding,
        lines: [line('10.00', 3n, vat('7'))],
      })
      for (const units of [1n, 2n, 3n]) {
        const { net, lineNet } = part(input, [units - 1n], [units], { ownTax: 'in_proportion' })
        expect(net).toBe(lineNet)
      }
    },
  )

  it('leaves no part of freight below zero that is a cent more than it', () => {
    const input = order([freight(110n, '19'), off(109n, '19')], { lines: [line('10.00', 3n, vat('7'))] })
    const parts = [1n, 2n, 3n].map((units) => part(input, [units - 1n], [units], { ownTax: 'in_proportion' }))
    expect(parts.map(({ charges, discounts }) => charges - discounts)).toEqual([0n, 1n, 0n])
  })

  it('does not change how charges are cut where there is none', () => {
    const input = order([freight(100n), freight(1n)], { lines: [line('10.00', 3n)] })
    const parts = [1n, 2n, 3n].map((units) =>
      part(input, [units - 1n], [units], { ownTax: 'in_proportion' }).adjustments.map(({ amount }) => amount),
    )
    expect(parts).toEqual([[33n], [34n, 1n], [33n]])
  })

  it('is a part as a charge is on documents that do not say otherwise, those of before', () => {
    const { ownTaxDiscounts: _unsaid, ...before } = order([off(1000n), freight(300n)])
    expect(inTwoParts(before)).toEqual([
      [
        [0, -1000n],
        [1, 300n],
      ],
      [],
    ])
    const gross = { ...before, prices: 'gross' as const, lines: [line('10.00', 3n)] }
    expect(part(gross, [0n], [1n]).gross).toBe(300n)
  })

  it('counts a line by what is taxed of it, its shares of spread discounts included', () => {
    const input = order([{ kind: 'discount', percent: '50' }, off(1500n)])
    expect(part(input, [0n, 0n], [1n, 0n]).net).toBe(0n)
  })

  it.each(['floor', 'ceiling', 'half_even', 'up', 'down'] as const)(
    'leaves nothing of lines that it is as much as, and nothing below, rounded %s',
    (rounding) => {
      const lines = [line('3.3333', 3n)]
      const { lineNet } = documentTotals(order([], { rounding, lines }))
      const input = order([off(lineNet)], { rounding, lines })
      for (const units of [1n, 2n, 3n]) expect(part(input, [units - 1n], [units]).net).toBe(0n)
    },
  )

  it('has all of a tax with the last of its lines, before charges that go with the last of all', () => {
    const cents = ['0.03', '0.03', '0.03'].map((price) => line(price, 1n))
    const input = order([off(9n)], { profile: 'per_line', lines: [...cents, line('5.00', 1n, vat('7'))] })
    const rules = { ownTax: 'last', taxes: 'in_proportion' } as const
    // Three times a tax of 0.006, each rounded up, less one of 0.018.
    expect(part(input, [0n, 0n, 0n, 0n], [1n, 1n, 1n, 0n], rules)).toMatchObject({ net: 0n, tax: 1n })
  })

  it('takes its tax off the tax in the prices', () => {
    const input = order([off(1000n)], { prices: 'gross', lines: [line('10.00', 3n)] })
    const [first, second] = [part(input, [0n], [1n]), part(input, [1n], [3n])]
    expect([first.gross, second.gross]).toEqual([666n, 1334n])
    expect([first.tax, second.tax]).toEqual([111n, 222n])
  })

  it('takes no more tax off a part than there is in its prices', () => {
    const lines = [line('0.36', 3n), line('0.09', 1n)]
    const input = order([off(110n)], { prices: 'gross', lines })
    expect(part(input, [0n, 0n], [0n, 1n])).toMatchObject({ net: 0n, tax: 0n })
  })

  it('leaves nothing where it is all that lines cost, of none of their parts', () => {
    const free = order([off(3000n)], { prices: 'gross', lines: [line('10.00', 3n)] })
    const { lineNet, discounts, net, tax, gross } = part(free, [0n], [1n])
    expect([lineNet, discounts, net, tax, gross]).toEqual([833n, 833n, 0n, 0n, 0n])
  })
})

describe('the trace of a discount that is taxed by itself', () => {
  it('F130 is its share of the lines that are taxed so', () => {
    expect(traceLines(partText(order([off(1000n)]), [0n, 0n], [1n, 2n], 'discounts'))).toEqual([
      'discounts on the document 3.33 = sum of the discounts on the document [BR-CO-11]',
      '  less ordered adjustment 1 -3.33 = -10.00 in proportion to the lines that are taxed so, 10.00 of 30.00 = -3.333333…, rounded half up',
      '    ordered adjustment 1 -10.00 = as it is',
      '    lines that are taxed so so far 10.00 = with their shares of discounts and charges',
      '      line 1 so far 10.00 = 1 of 3 units of 30.00',
      '        ordered line 1 30.00 = as it is',
    ])
  })

  it('F130 says what of it goes with charges, and what with lines', () => {
    const input = order([off(400n), freight(300n), off(200n)])
    expect(traceLines(partText(input, [0n, 0n], [1n, 0n], 'discounts'), 3)).toEqual([
      'discounts on the document 4.00 = sum of the discounts on the document [BR-CO-11]',
      '  less ordered adjustment 1 -3.33 = what it takes off charges, and what it takes off lines',
      '    taken off charges -3.00 = all of it with the first part',
      '      left of charges 0.00 = what discounts that are taxed so leave of them',
      '      less left of charges 3.00 = what discounts that are taxed so leave of them',
      '    taken off lines -0.33 = -1.00 in proportion to the lines that are taxed so, 10.00 of 30.00 = -0.333333…, rounded half up',
      '      taken off lines -1.00 = what is more than the charges',
      '      lines that are taxed so so far 10.00 = with their shares of discounts and charges',
      '  less ordered adjustment 3 -0.67 = together with those before it, less those before it',
      '    taken off lines -1.00 = -3.00 in proportion to the lines that are taxed so, 10.00 of 30.00',
      '      taken off lines -3.00 = what is more than the charges',
      '      lines that are taxed so so far 10.00 = with their shares of discounts and charges',
      '    less taken off lines -0.33 = -1.00 in proportion to the lines that are taxed so, 10.00 of 30.00 = -0.333333…, rounded half up',
      '      taken off lines -1.00 = what is more than the charges',
      '      lines that are taxed so so far 10.00 = with their shares of discounts and charges',
    ])
  })

  it('F130 is cut together with those before it', () => {
    const input = order([off(400n), off(200n)])
    expect(traceLines(partText(input, [0n, 0n], [1n, 0n], 'discounts'), 2).slice(2)).toEqual([
      '    ordered adjustment 1 -4.00 = as it is',
      '    lines that are taxed so so far 10.00 = with their shares of discounts and charges',
      '  less ordered adjustment 2 -0.67 = together with those before it, less those before it',
      '    together with those before it -2.00 = -6.00 in proportion to the lines that are taxed so, 10.00 of 30.00',
      '    less ordered adjustment 1 -1.33 = -4.00 in proportion to the lines that are taxed so, 10.00 of 30.00 = -1.333333…, rounded half up',
    ])
  })

  it('F130 counts what is taxed of the lines, and of these only what is done', () => {
    const input: TotalsInput = {
      ...sale,
      ownTaxDiscounts: 'with_lines',
      lines: [line('10.00', 3n), line('5.00', 2n)],
      adjustments: [{ kind: 'discount', percent: '10' }, off(900n)],
    }
    expect(traceLines(partText(input, [0n, 0n], [1n, 0n], 'discounts')).slice(-7)).toEqual([
      '  less ordered adjustment 2 -2.25 = -9.00 in proportion to the lines that are taxed so, 9.00 of 36.00',
      '    ordered adjustment 2 -9.00 = as it is',
      '    lines that are taxed so so far 9.00 = with their shares of discounts and charges',
      '      line 1 so far 10.00 = 1 of 3 units of 30.00',
      '        ordered line 1 30.00 = as it is',
      '      share of line 1 so far -1.00 = 1 of 3 units of -3.00',
      '        ordered share 1 -3.00 = as it is',
    ])
  })

  it('F130 takes its tax off the tax in the prices', () => {
    const input = order([off(1000n)], { prices: 'gross', lines: [line('10.00', 3n)] })
    const told =
      'line 1 with tax 30.00 = as the customer was told it: price times quantity, with its discounts and charges'
    expect(traceLines(partText(input, [0n], [1n], 'tax')).slice(0, 9)).toEqual([
      'tax 1.11 = sum of the taxes [BR-CO-14]',
      '  ordered tax 1.11 = of its lines, and of what is taxed by itself',
      '    tax in it 1.67 = 5.00 for 10.00 of 30.00 = 1.666666…, rounded half up',
      '      tax in line 1 5.00 = what its amounts without tax leave',
      `        ${told}`,
      '        less ordered line 1 25.00 = as it is',
      '      line 1 with tax so far 10.00 = 1 of 3 units of 30.00',
      `        ${told}`,
      '    tax of what is taxed by itself -0.56 = -1.67 x 1.67 / 5.00 = -0.55778, rounded half up',
    ])
  })

  it('F130 shares nothing where lines and freight come to nothing', () => {
    const input = order([freight(0n)], { prices: 'gross', lines: [line('0.00', 3n)] })
    expect(traceLines(wholeText(input, 'charges')).slice(0, 2)).toEqual([
      'charges on the document 0.00 = sum of the charges on the document [BR-CO-12]',
      '  charge under S VAT 20% 0.00 = nothing to share it by, so all of it goes to one',
    ])
  })

  it('F130 says what of several charges is in proportion to the lines', () => {
    const input = order([freight(100n), freight(100n), off(50n)])
    const rules = { ownTax: 'in_proportion' } as const
    expect(traceLines(partText(input, [0n, 0n], [1n, 0n], 'charges', rules), 3)).toEqual([
      'charges on the document 0.50 = sum of the charges on the document [BR-CO-12]',
      '  ordered adjustment 1 0.25 = 1.00 in proportion to the lines, 10.00 of 40.00',
      '    ordered adjustment 1 1.00 = as it is',
      '    sum of the lines 10.00 = sum of the net amounts of the lines [BR-CO-10]',
      '      line 1 so far 10.00 = 1 of 3 units of 30.00',
      '  ordered adjustment 2 0.25 = together with those before it, less those before it',
      '    together with those before it 0.50 = 2.00 in proportion to the lines, 10.00 of 40.00',
      '      together with those before it 2.00 = all that are taxed so up to it',
      '      sum of the lines 10.00 = sum of the net amounts of the lines [BR-CO-10]',
      '    less ordered adjustment 1 0.25 = 1.00 in proportion to the lines, 10.00 of 40.00',
      '      ordered adjustment 1 1.00 = as it is',
      '      sum of the lines 10.00 = sum of the net amounts of the lines [BR-CO-10]',
    ])
  })
})
