import type { z } from 'zod'
import type { SourcingRule } from './sourcing-rule.js'
import type { sourcingRuleSchema } from './sourcing-schema.js'

/** A rule as it is kept: what was left out is absent. */
export const plainRule = (rule: z.output<typeof sourcingRuleSchema>): SourcingRule => {
  const { schedule } = rule
  return {
    name: rule.name,
    strategy: rule.strategy,
    ...(rule.splits !== undefined && { splits: rule.splits }),
    ...(rule.filters !== undefined && { filters: rule.filters }),
    ...(rule.sorters !== undefined && { sorters: rule.sorters }),
    ...(schedule !== undefined && {
      schedule: {
        ...(schedule.zone !== undefined && { zone: schedule.zone }),
        ...(schedule.weekdays !== undefined && { weekdays: schedule.weekdays }),
        ...(schedule.from !== undefined && { from: schedule.from }),
        ...(schedule.until !== undefined && { until: schedule.until }),
      },
    }),
    ...(rule.mostShipments !== undefined && { mostShipments: rule.mostShipments }),
  }
}
