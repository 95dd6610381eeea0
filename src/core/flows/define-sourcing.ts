import { z } from 'zod'
import { defineCommand } from '../command.js'
import { wordSchema } from '../ids/id-schema.js'
import { workOn } from '../plan.js'
import { ok } from '../result.js'
import { plainRule } from '../sourcing/plain-rule.js'
import { sourcingRulesKind } from '../sourcing/sourcing-rules.js'
import { sourcingRulesSchema } from '../sourcing/sourcing-schema.js'

/** Gives an ordered list of sourcing rules a name (F61-F65), or replaces the list of that name. Orders that were placed keep what was decided. */
export const defineSourcing = defineCommand({
  name: 'sourcing.define',
  input: z.strictObject({ name: wordSchema, rules: sourcingRulesSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: sourcingRulesKind.name, id: input.name }],
  plan: (facts, input) => {
    const work = workOn(facts)
    const rules = input.rules.map(plainRule)
    const { name } = work.append(sourcingRulesKind, input.name, [
      { type: 'SourcingRulesDefined', name: input.name, rules },
    ])
    return ok(work.finish({ kind: sourcingRulesKind.name, id: name }, { name, rules: rules.length }))
  },
})
