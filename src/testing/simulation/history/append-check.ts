/** Several lists read and added to in one step that is to be atomic. Every number is appended once in a history, so that it names who wrote it. */
export interface ListStep {
  readonly name: string
  /** Moments are counted, not timed. */
  readonly invoked: number
  /** Infinity while no answer has come. */
  readonly answered: number
  /** Of an aborted one it was said that nothing of it stays; of an unknown one nobody knows. */
  readonly outcome: 'committed' | 'aborted' | 'unknown'
  /** The lists as the step saw them, before its own numbers. */
  readonly reads: readonly { readonly list: string; readonly values: readonly number[] }[]
  readonly appends: readonly { readonly list: string; readonly value: number }[]
  /** It looked without a lock: what it sees was committed, each list for itself. */
  readonly isGlance?: true
}

type Lists = ReadonlyMap<string, readonly number[]>

/**
 * Elle's check of lists (Kingsbury and Alvaro, VLDB 2020): the lists as they stand at the end are the order in which the steps wrote, and from what each
 * has seen follows who came before whom. Where that goes round in a circle no order explains the history. Complaints begin with the name that Adya
 * gave the anomaly: G0 (writes cross), G1a (what was taken back is read), G1b (half a step is read), G1c (writes and reads in a circle), G-single (one
 * decided on what another had already changed), G2 (several did); `real-time` where only the moments of the answers contradict.
 */
export const checkAppends = (steps: readonly ListStep[], lists: Lists): readonly string[] => {
  const writers = new Map(
    steps.flatMap((step) => step.appends.map(({ value }): [number, ListStep] => [value, step])),
  )
  const broken = [...checkLists(steps, lists, writers), ...checkReads(steps, lists, writers)]
  // Lists that are wrong by themselves tell no order.
  return broken.length > 0 ? broken : checkOrder(steps, lists, writers)
}

type Writers = ReadonlyMap<number, ListStep>

const checkLists = (steps: readonly ListStep[], lists: Lists, writers: Writers): readonly string[] => {
  const broken: string[] = []
  for (const [list, values] of lists) {
    const places = new Map<number, number>()
    for (const [place, value] of values.entries()) {
      const writer = writers.get(value)
      if (places.has(value)) broken.push(`EV2 ${value} stands twice in ${list}`)
      places.set(value, place)
      if (writer === undefined) broken.push(`EV2 nobody has appended ${value} to ${list}`)
      else if (writer.outcome === 'aborted')
        broken.push(`G1a ${value} of ${writer.name} was taken back and stands in ${list}`)
    }
  }
  for (const { name, outcome, appends } of steps) {
    if (outcome === 'aborted') continue
    const missing = appends.filter(({ list, value }) => lists.get(list)?.includes(value) !== true)
    if (missing.length === 0 || (outcome === 'unknown' && missing.length === appends.length)) continue
    for (const { list, value } of missing) broken.push(`EV2 ${value} of ${name} is lost from ${list}`)
  }
  return broken
}

const checkReads = (steps: readonly ListStep[], lists: Lists, writers: Writers): readonly string[] =>
  steps.flatMap((step) =>
    step.reads.flatMap(({ list, values }): readonly string[] => {
      const all = lists.get(list) ?? []
      const wrong = values.findIndex((value, place) => all[place] !== value)
      const value = values[wrong]
      if (value !== undefined) {
        const writer = writers.get(value)
        return [
          writer?.outcome === 'aborted'
            ? `G1a ${step.name} has read ${value} of ${writer.name} in ${list}, which was taken back`
            : `EV2 ${step.name} has read ${list} in another order than it stands, or what is gone: ${value} at place ${wrong}`,
        ]
      }
      if (values.some((seen) => writers.get(seen) === step))
        return [`EV2 ${step.name} has read in ${list} what it was yet to append`]
      const last = writerAt(all, values.length - 1, writers)
      return last !== undefined && last === writerAt(all, values.length, writers)
        ? [`G1b ${step.name} has read half of what ${last.name} appended to ${list}`]
        : []
    }),
  )

const writerAt = (values: readonly number[], place: number, writers: Writers): ListStep | undefined =>
  writers.get(values[place] ?? NaN)

/** Who comes before whom, and why: both wrote, one read what the other wrote, one read what the other then changed, one ended before the other began. */
interface Edge {
  readonly from: ListStep
  readonly to: ListStep
  readonly kind: 'ww' | 'wr' | 'rw' | 'rt'
  readonly list?: string
}

const checkOrder = (steps: readonly ListStep[], lists: Lists, writers: Writers): readonly string[] => {
  const stays = (step: ListStep): boolean =>
    step.outcome === 'committed' ||
    (step.outcome === 'unknown' &&
      step.appends.some(({ list, value }) => lists.get(list)?.includes(value) === true))
  const ordered = steps.filter((step) => step.isGlance !== true && stays(step))
  const written = [...lists].flatMap(([list, values]) => writesOf(list, values, writers))
  const seen = ordered.flatMap((step) => readsOf(step, lists, writers))
  const depending = [...written, ...seen.filter(({ kind }) => kind === 'wr')]
  const all = [...written, ...seen]
  const found =
    named('G0', circleIn(written)) ??
    named('G1c', circleIn(depending)) ??
    (circleIn(all) === undefined
      ? named('real-time', circleIn([...all, ...inTime(ordered)]))
      : (named('G-single', circleWithOne(seen, depending)) ?? named('G2', circleIn(all))))
  return found === undefined ? [] : [found]
}

const writesOf = (list: string, values: readonly number[], writers: Writers): readonly Edge[] =>
  values.flatMap((_value, place) =>
    edge('ww', writerAt(values, place - 1, writers), writerAt(values, place, writers), list),
  )

const readsOf = (step: ListStep, lists: Lists, writers: Writers): readonly Edge[] =>
  step.reads.flatMap(({ list, values: { length } }) => {
    const all = lists.get(list) ?? []
    return [
      ...edge('wr', writerAt(all, length - 1, writers), step, list),
      ...edge('rw', step, writerAt(all, length, writers), list),
    ]
  })

const edge = (
  kind: Edge['kind'],
  from: ListStep | undefined,
  to: ListStep | undefined,
  list: string,
): readonly Edge[] =>
  from === undefined || to === undefined || from === to ? [] : [{ from, to, kind, list }]

/** From whoever ended to whoever began after it. Those that ended before another of them began are reached by way of that one. */
const inTime = (steps: readonly ListStep[]): readonly Edge[] => {
  const ended = steps.toSorted((left, right) => left.answered - right.answered)
  let next = 0
  let newest: ListStep[] = []
  return steps
    .toSorted((left, right) => left.invoked - right.invoked)
    .flatMap((to) => {
      for (let one = ended[next]; one !== undefined && one.answered < to.invoked; one = ended[(next += 1)]) {
        const { invoked } = one
        newest = [...newest.filter(({ answered }) => answered >= invoked), one]
      }
      return newest.map((from): Edge => ({ from, to, kind: 'rt' }))
    })
}

/** Takes away, again and again, whoever nobody comes before. Who is left has somebody before it, who is left, too: backwards that is a circle. */
const circleIn = (edges: readonly Edge[]): readonly Edge[] | undefined => {
  const before = new Map<ListStep, number>()
  for (const { to } of edges) before.set(to, (before.get(to) ?? 0) + 1)
  const after = byFrom(edges)
  const free = [...after.keys()].filter((step) => !before.has(step))
  for (const step of free) {
    for (const { to } of after.get(step) ?? []) {
      const left = (before.get(to) ?? 0) - 1
      before.set(to, left)
      if (left === 0) {
        before.delete(to)
        free.push(to)
      }
    }
  }
  const into = new Map(edges.filter(({ from }) => before.has(from)).map((one) => [one.to, one]))
  const walked: Edge[] = []
  let [at] = before.keys()
  for (; at !== undefined && !walked.some(({ to }) => to === at);) {
    const back = into.get(at)
    if (back === undefined) return undefined
    walked.unshift(back)
    at = back.from
  }
  return at === undefined ? undefined : walked.slice(0, walked.findIndex(({ to }) => to === at) + 1)
}

/** A circle with a single `rw` in it: back from its end to its beginning by way of what depends. */
const circleWithOne = (seen: readonly Edge[], depending: readonly Edge[]): readonly Edge[] | undefined => {
  const after = byFrom(depending)
  for (const first of seen.filter(({ kind }) => kind === 'rw')) {
    const into = new Map<ListStep, Edge | undefined>([[first.to, undefined]])
    for (const step of into.keys()) {
      for (const one of after.get(step) ?? []) if (!into.has(one.to)) into.set(one.to, one)
    }
    if (!into.has(first.from)) continue
    const way: Edge[] = []
    for (let back = into.get(first.from); back !== undefined; back = into.get(back.from)) way.unshift(back)
    return [first, ...way]
  }
  return undefined
}

const byFrom = (edges: readonly Edge[]): ReadonlyMap<ListStep, readonly Edge[]> => {
  const after = new Map<ListStep, Edge[]>()
  for (const one of edges) {
    const known = after.get(one.from)
    if (known === undefined) after.set(one.from, [one])
    else known.push(one)
  }
  return after
}

const because: Readonly<Record<Edge['kind'], string>> = {
  ww: 'wrote before',
  wr: 'was read by',
  rw: 'did not see',
  rt: 'had ended before',
}

const named = (anomaly: string, circle: readonly Edge[] | undefined): string | undefined =>
  circle &&
  `${anomaly} ${circle.map(({ from, kind, to, list }) => `${from.name} ${because[kind]} ${to.name}${list === undefined ? '' : ` (${list})`}`).join(', ')}`
