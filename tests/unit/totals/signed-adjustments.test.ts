import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../../src/core/money/currency.js'
import { readTreatment } from '../../../src/core/tax/tax-treatment.js'
import { lineAmounts } from '../../../src/core/totals/line-amounts.js'
import { adjustmentsOf } from '../../../src/core/totals/signed-adjustments.js'
import { spreadOverGroups } from '../../../src/core/totals/spread-over-groups.js'
import type { TaxGroup } from '../../../src/core/totals/tax-group.js'
import type { Adjustment } from '../../../src/core/totals/totals-input.js'

const off = (percent: string): Adjustment => ({ kind: 'discount', percent })
const charge = (percent: string): Adjustment => ({ kind: 'charge', percent })
const voucher: Adjustment = { kind: 'discount', amount: 1n }

describe('discounts and charges, each rounded once', () => {
  it.each<readonly [string, readonly Adjustment[], bigint, readonly bigint[]]>([
    ['leave what is left', [off('50'), off('25')], 10n, [-5n, -3n]],
    ['leave nothing where only roundings would leave less', [off('50'), off('50')], 1n, [-1n, 0n]],
    ['do so for what goes back', [off('50'), off('50')], -1n, [1n, 0n]],
    [
      'round the last that was rounded that way, and no exact amount',
      [off('37.5'), off('37.5'), voucher],
      4n,
      [-2n, -1n, -1n],
    ],
    [
      'round a charge up as they round a discount down',
      [off('60'), off('50'), charge('10')],
      1n,
      [-1n, -1n, 1n],
    ],
    ['leave less than nothing where they take more than there is', [off('60'), off('50')], 10n, [-6n, -5n]],
  ])('%s', (_what, adjustments, base, signed) => {
    expect(adjustmentsOf(adjustments, base, 'half_up')).toEqual(signed)
  })

  it('are of a price that has fewer decimals than its currency, too', () => {
    const price = { amount: '12', currency: currencyCode('EUR') }
    const line = { price, quantity: { baseUnits: 3n, digits: 0 }, adjustments: [off('10')] }
    expect(lineAmounts(line, 2, 'half_up')).toEqual({
      extended: 3_600n,
      adjustments: [-360n],
      amount: 3_240n,
    })
  })
})

describe('a discount of the document', () => {
  const group = (percent: string, lines: readonly number[], lineAmount: bigint) =>
    ({
      read: readTreatment({ category: 'S', components: [{ name: 'VAT', percent }] }),
      lines,
      lineAmount,
    }) as unknown as TaxGroup

  it('goes to the largest line of the tax that levies most where the lines come to nothing together', () => {
    const groups = [group('7', [0, 1], 0n), group('19', [2, 3], 0n)]
    expect(spreadOverGroups(-5n, [2n, -2n, -3n, 3n], 0n, groups)).toEqual({
      shares: [0n, 0n, 0n, -5n],
      sums: [0n, -5n],
    })
  })
})
