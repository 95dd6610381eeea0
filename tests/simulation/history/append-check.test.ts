import { describe, expect, it } from 'vitest'
import { memoryStorage } from 'orderwright'
import { checkAppends, type ListStep } from '../../../src/testing/simulation/history/append-check.js'
import { runAppends, type AppendHistory } from '../../support/append-run.js'

const step = (name: string, more: Partial<ListStep>): ListStep => ({
  name,
  invoked: 0,
  answered: 100,
  outcome: 'committed',
  reads: [],
  appends: [],
  ...more,
})
const to = (list: string, ...values: readonly number[]) => values.map((value) => ({ list, value }))
const saw = (list: string, ...values: readonly number[]) => [{ list, values }]
const lists = (ends: Readonly<Record<string, readonly number[]>>) => new Map(Object.entries(ends))

describe('checkAppends', () => {
  it.each([
    [
      'G0 writes that cross',
      [
        step('Ada', { appends: [...to('a', 1), ...to('b', 2)] }),
        step('Bob', { appends: [...to('a', 3), ...to('b', 4)] }),
      ],
      { a: [1, 3], b: [4, 2] },
      'G0 Bob wrote before Ada (b), Ada wrote before Bob (a)',
    ],
    [
      'G1c each having read what the other wrote',
      [
        step('Ada', { appends: to('a', 1), reads: saw('b', 2) }),
        step('Bob', { appends: to('b', 2), reads: saw('a', 1) }),
      ],
      { a: [1], b: [2] },
      'G1c Ada was read by Bob (a), Bob was read by Ada (b)',
    ],
    [
      'G-single a decision on what another had already changed',
      [
        step('Ada', { appends: to('a', 1), reads: saw('a') }),
        step('Bob', { appends: to('a', 2), reads: saw('a') }),
      ],
      { a: [1, 2] },
      'G-single Bob did not see Ada (a), Ada wrote before Bob (a)',
    ],
    [
      'G2 two decisions, each on what the other changed',
      [
        step('Ada', { appends: to('a', 1), reads: saw('b') }),
        step('Bob', { appends: to('b', 2), reads: saw('a') }),
      ],
      { a: [1], b: [2] },
      'G2 Bob did not see Ada (a), Ada did not see Bob (b)',
    ],
    [
      'an answer that others had long been given',
      [
        step('Ada', { appends: to('a', 1), answered: 1 }),
        step('Bob', { invoked: 2, answered: 3 }),
        step('Eve', { invoked: 4, reads: saw('a') }),
      ],
      { a: [1] },
      'real-time Ada had ended before Bob, Bob had ended before Eve, Eve did not see Ada (a)',
    ],
    [
      'half a step left of one that nobody answered',
      [step('Ada', { outcome: 'unknown', appends: [...to('a', 1), ...to('b', 2)] })],
      { a: [1], b: [] },
      'EV2 2 of Ada is lost from b',
    ],
    [
      'a number that nobody appended',
      [step('Ada', { appends: to('a', 1) })],
      { a: [1, 7] },
      'EV2 nobody has appended 7 to a',
    ],
    [
      'a number that stands twice',
      [step('Ada', { appends: to('a', 1) })],
      { a: [1, 1] },
      'EV2 1 stands twice in a',
    ],
    [
      'a number that stands although it was taken back',
      [step('Ada', { outcome: 'aborted', appends: to('a', 1) })],
      { a: [1] },
      'G1a 1 of Ada was taken back and stands in a',
    ],
  ] satisfies readonly (readonly [
    string,
    readonly ListStep[],
    Readonly<Record<string, readonly number[]>>,
    string,
  ])[])('names %s', (_what, steps, ends, complaint) => {
    expect(checkAppends(steps, lists(ends))).toEqual([complaint])
  })

  it('lets a step without an answer have happened late or never', () => {
    const unsure = step('Ada', { outcome: 'unknown', answered: Infinity, appends: to('a', 1) })
    const before = step('Bob', { invoked: 50, answered: 60, reads: saw('a') })
    expect(checkAppends([unsure, before], lists({ a: [1] }))).toEqual([])
    expect(checkAppends([unsure, before], lists({ a: [] }))).toEqual([])
  })

  it('lets a glance see each list at another moment, but nothing that was never there', () => {
    const both = step('Ada', { appends: [...to('a', 1), ...to('b', 2)] })
    const reads = [...saw('a', 1), ...saw('b')]
    const ends = lists({ a: [1], b: [2] })
    expect(checkAppends([both, step('Bob', { reads, isGlance: true })], ends)).toEqual([])
    expect(checkAppends([both, step('Bob', { reads })], ends).join()).toContain('G-single')
    expect(checkAppends([both, step('Bob', { reads: saw('a', 3), isGlance: true })], ends)).toHaveLength(1)
  })
})

type History = Pick<AppendHistory, 'steps' | 'lists'>

const seeds = Array.from({ length: 20 }, (_, place) => place + 1)
const histories = await Promise.all(
  seeds.map((seed) => runAppends({ seed, clients: 6, steps: 40, stores: [memoryStorage()] })),
)

const changed = (history: History, one: ListStep, change: Partial<ListStep>): History => ({
  ...history,
  steps: history.steps.map((other) => (other === one ? { ...other, ...change } : other)),
})

const seeing = (
  history: History,
  one: ListStep,
  list: string,
  look: (values: readonly number[]) => readonly number[],
): History =>
  changed(history, one, {
    reads: one.reads.map((read) => (read.list === list ? { list, values: look(read.values) } : read)),
  })

const valuesSeen = ({ reads }: ListStep, list: string): readonly number[] | undefined =>
  reads.find((read) => read.list === list)?.values

const middle = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(items.length / 2)]

const committed = ({ steps }: History): readonly ListStep[] =>
  steps.filter(({ outcome, isGlance }) => outcome === 'committed' && isGlance !== true)

const plants: Readonly<Record<string, (history: History) => History | undefined>> = {
  'two reads swapped': (history) => {
    const adding = middle(committed(history).filter(({ appends }) => appends.length > 0))
    const list = adding?.appends[0]?.list ?? ''
    const mine = adding && valuesSeen(adding, list)
    const other = committed(history).find((one) => {
      const seen = valuesSeen(one, list)
      return one !== adding && seen !== undefined && seen.length !== mine?.length
    })
    const theirs = other && valuesSeen(other, list)
    if (adding === undefined || mine === undefined || other === undefined || theirs === undefined)
      return undefined
    // Copies of the steps are looked up by place, so one change after the other.
    const once = seeing(history, adding, list, () => theirs)
    return seeing(once, other, list, () => mine)
  },
  'an append lost': (history) => {
    const lost = middle(committed(history).flatMap(({ appends }) => appends))
    const without = (values: readonly number[]) => values.filter((value) => value !== lost?.value)
    return (
      lost && {
        steps: history.steps.map((one) => ({
          ...one,
          reads: one.reads.map(({ list, values }) => ({ list, values: without(values) })),
        })),
        lists: new Map([...history.lists].map(([list, values]) => [list, without(values)])),
      }
    )
  },
  'a read of what was taken back': (history) => {
    const taken = history.steps.find(({ outcome, appends }) => outcome === 'aborted' && appends.length > 0)
    const [{ list, value } = { list: '', value: 0 }] = taken?.appends ?? []
    const reader = middle(history.steps.filter((one) => valuesSeen(one, list) !== undefined))
    return taken && reader && seeing(history, reader, list, (values) => [...values, value])
  },
  'half a step read': (history) => {
    const twice = middle(
      committed(history).filter(({ appends: [one, other] }) => one !== undefined && one.list === other?.list),
    )
    const [{ list, value } = { list: '', value: 0 }] = twice?.appends ?? []
    const reader = history.steps.find((one) => valuesSeen(one, list)?.includes(value) === true)
    return reader && seeing(history, reader, list, (values) => values.slice(0, values.indexOf(value) + 1))
  },
  'a list that stands in another order than it was read in': (history) => {
    const [[list, [one, other, ...rest]] = ['', []]] = history.lists
    if (one === undefined || other === undefined) return undefined
    return { ...history, lists: new Map([...history.lists, [list, [other, one, ...rest]]]) }
  },
}

describe('checkAppends over whole histories', () => {
  it('finds nothing wrong with a store that does one thing after another', () => {
    for (const [place, { steps, lists }] of histories.entries())
      expect(checkAppends(steps, lists), `seed ${seeds[place]}`).toEqual([])
  })

  it.each(Object.entries(plants))('finds %s in every history', (_name, plant) => {
    for (const [place, history] of histories.entries()) {
      const wrong = plant(history)
      if (wrong === undefined) throw new Error(`nothing could be planted in seed ${seeds[place]}`)
      expect(checkAppends(wrong.steps, wrong.lists), `seed ${seeds[place]}`).not.toEqual([])
    }
  })
})
