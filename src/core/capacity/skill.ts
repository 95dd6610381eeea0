import type { ResourceId } from '../ids/ids.js'
import type { DerivedKind } from '../record-kind.js'

/** Who has a skill. Whoever asks for the skill decides on this set, so it is a record and is locked like any other. */
export interface Skill {
  readonly resources: readonly ResourceId[]
}

export const skillKind: DerivedKind<Skill> = { name: 'skill', entries: () => ({}), derived: true }

/** A choice is made among all who have the skill, in one commit; more would lock too much at once. */
export const mostResourcesOfSkill = 200
