import {
  emptyDay,
  resourceDayId,
  resourceDayKind,
  type ResourceDay,
  type Scheduled,
} from '../../core/capacity/resource-day.js'
import { resourceKind, type Resource } from '../../core/capacity/resource.js'
import { skillKind } from '../../core/capacity/skill.js'
import type { ResourceId } from '../../core/ids/ids.js'
import { refuse, type Refusal } from '../../core/refusal.js'
import { ok, type Result } from '../../core/result.js'
import { plusDays, type LocalDate } from '../../core/time/local-date.js'
import type { QueryContext } from '../query.js'

/** The resource that is named, or all who have the skill. */
export const resourcesAsked = async (
  context: QueryContext,
  asked: { readonly resource?: ResourceId | undefined; readonly skill?: string | undefined },
): Promise<Result<readonly Resource[], Refusal>> => {
  const { resource, skill = '' } = asked
  const ids =
    resource === undefined ? ((await context.get(skillKind, skill))?.state.resources ?? []) : [resource]
  const found = await context.getAll(resourceKind, ids)
  if (found.length > 0) return ok(found.map(({ state }) => state))
  return refuse('unknown_resource', resource === undefined ? { skill } : { resource })
}

/** Days that follow each other: as they are booked, and as the calendar has them where nobody has booked yet. */
export const daysOf = async (
  context: QueryContext,
  resource: Scheduled,
  dates: readonly LocalDate[],
): Promise<readonly ResourceDay[]> => {
  const opened = await context.getAll(
    resourceDayKind,
    dates.map((date) => resourceDayId(resource.id, date)),
  )
  const known = new Map(opened.map(({ state }) => [state.date, state]))
  return dates.map((date) => known.get(date) ?? emptyDay(resource, date))
}

/** So many days from a day on. */
export const datesFrom = (from: LocalDate, count: number): readonly LocalDate[] =>
  Array.from({ length: count }, (_, place) => plusDays(from, place))
