import { expect, it } from 'vitest'
import { kindsWithHistory } from '../../../src/app/kinds.js'
import { ask } from '../../support/soundness.js'

/** Why nothing of a kind's state is asked before it is written. */
const notAsked: Readonly<Record<string, string>> = {
  back_in_stock_request: 'who waits for what: nothing is counted',
  denial: 'a fact, as it was told',
  location: 'its rules are those of its input',
  price_list: 'its rules are those of its input; the prices of a SKU are asked',
  product: 'its rules are those of its input',
  promotion: 'its rules are those of its input; its uses are asked',
  resource: 'its rules are those of its input; its days are asked',
  seat: 'who sits there: nothing is counted',
  sourcing: 'shares are asked where they are planned',
  sourcing_rules: 'its rules are those of its input',
  statement: 'a document of the bank, asked when it is read; its entries are asked',
  stock_audit: 'findings about a level that is asked itself',
}

/** Whether anybody looks at a state of this kind. */
const isAsked = (kind: string): boolean => {
  let looked = false
  const state = new Proxy(
    {},
    {
      get: () => {
        looked = true
        throw new Error('looked at')
      },
    },
  )
  try {
    ask(kind, state)
  } catch {
    // It was looked at.
  }
  return looked
}

it('every record with a history is asked before it is written, or has a reason why not', () => {
  const left = [...kindsWithHistory.keys()].filter((kind) => !isAsked(kind))
  expect(left.sort()).toEqual(Object.keys(notAsked).sort())
})
