import type { RecordKind } from '../record-kind.js'
import type { SourcingRule } from './sourcing-rule.js'

/** A named, ordered list of rules: the first that is in force and can serve everything decides (F65). */
export interface SourcingRules {
  readonly name: string
  readonly rules: readonly SourcingRule[]
}

export type SourcingRulesEvent = {
  readonly type: 'SourcingRulesDefined'
  readonly name: string
  readonly rules: readonly SourcingRule[]
}

export const sourcingRulesKind: RecordKind<SourcingRules, SourcingRulesEvent> = {
  name: 'sourcing_rules',
  evolve: (_known, { name, rules }) => ({ name, rules }),
  entries: () => ({}),
}
