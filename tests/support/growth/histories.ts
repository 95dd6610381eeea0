import { checkByVersions } from '../../../src/testing/simulation/history/witness-check.js'
import { legalHistory } from '../legal-history.js'
import type { Inputs } from './grown.js'

export const histories: Inputs = {
  'the history of a stock level': {
    sizes: [250, 500, 1_000],
    prepare: (size) => {
      const history = legalHistory(7, size, 16)
      return () => checkByVersions(history)
    },
  },
}
