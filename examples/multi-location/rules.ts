import type { SourcingRuleInput } from 'orderwright/sourcing'

/** The lists of rules that are compared, by what they are called in the report. */
export const rules: Readonly<Record<string, readonly SourcingRuleInput[]>> = {
  'Lowest cost': [{ name: 'cost', strategy: 'lowest_cost' }],
  'Fewest shipments': [{ name: 'fewest', strategy: 'fewest_shipments' }],
  'Nearest warehouse': [{ name: 'near', strategy: 'nearest' }],
  'Priority list': [{ name: 'list', strategy: 'priority_list' }],
  'Whole orders first, else lowest cost': [
    { name: 'whole', strategy: 'lowest_cost', splits: 'none' },
    { name: 'parts', strategy: 'lowest_cost' },
  ],
}

export const chosenRules = 'Lowest cost'
