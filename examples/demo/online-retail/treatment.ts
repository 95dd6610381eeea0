import { retailRules, type RetailRule } from '../data/online-retail-rules.js'
import { unlinkedRules } from './give-back.js'

/** What the books make of a line of the file. */
export type Treatment = 'invoiced' | 'credited' | 'credited without invoice' | 'stock only' | 'refused'

export const treatmentOf = (rule: RetailRule): Treatment => {
  if (unlinkedRules.includes(rule)) return 'credited without invoice'
  switch (retailRules[rule].treatment) {
    case 'order':
      return 'invoiced'
    case 'cancellation':
      return 'credited'
    case 'stock':
      return 'stock only'
    case 'refused':
      return 'refused'
  }
}
