import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'

/**
 * Why a machine is more than states and events, one sentence per place; empty when it is flat. What is not known to be harmless is
 * named, so a feature of a later XState is refused rather than silently left out of the table.
 */
export const flatMachineProblems = (machine: AnyStateMachine): readonly string[] => {
  const { root } = machine
  if (root.type === 'parallel') return ['its states are parallel']
  if (root.type !== 'compound') return ['it has no states']
  return [
    ...unsupportedKeys('the machine', root.config, machineKeys),
    ...(root.initial.actions.length > 0 ? ['the machine has actions on its initial state'] : []),
    ...Object.values(machine.states).flatMap((node) => stateProblems(node)),
  ]
}

const machineKeys = new Set([
  'id',
  'initial',
  'states',
  'type',
  'version',
  'description',
  'meta',
  'tags',
  'types',
  'schemas',
])
const stateKeys = new Set(['id', 'type', 'on', 'description', 'meta', 'tags', 'order'])
// XState itself adds the last three to every transition.
const transitionKeys = new Set(['target', 'reenter', 'description', 'meta', 'source', 'eventType', 'toJSON'])

const unsupportedKeys = (place: string, config: object, supported: ReadonlySet<string>): readonly string[] =>
  Object.entries(config)
    .filter(([key, value]) => value !== undefined && !supported.has(key))
    .map(([key]) => `${place} has \`${key}\``)

const stateProblems = (node: AnyStateNode): readonly string[] => {
  const place = `state "${node.key}"`
  if (node.type === 'compound' || node.type === 'parallel') return [`${place} has nested states`]
  if (node.type === 'history') return [`${place} is a history state`]
  const transitions = [...node.transitions].filter(([event]) => node.config.on?.[event] !== undefined)
  return [
    ...unsupportedKeys(place, node.config, stateKeys),
    ...(node.type === 'final' && transitions.length > 0 ? [`${place} is final but has events`] : []),
    ...transitions.flatMap(([event, candidates]) =>
      eventProblems(node, `event "${event}" of ${place}`, event, candidates),
    ),
  ]
}

const eventProblems = (
  node: AnyStateNode,
  place: string,
  event: string,
  candidates: readonly AnyTransitionDefinition[],
): readonly string[] => {
  if (event.includes('*')) return [`${place} is a wildcard`]
  if (event.startsWith('xstate.')) return [`${place} is reserved by XState`]
  const [only, ...others] = candidates
  if (only === undefined || others.length > 0) return [`${place} has several transitions`]
  const { target, guard, actions, ...rest } = only
  return [
    ...(guard === undefined ? [] : [`${place} has a guard`]),
    ...(actions.length === 0 ? [] : [`${place} has actions`]),
    ...(target?.length === 1 && target[0]?.parent === node.parent
      ? []
      : [`${place} does not lead to one state`]),
    ...unsupportedKeys(place, rest, transitionKeys),
  ]
}
