import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { createMachine, getNextSnapshot, setup } from 'xstate'
import type { AnyStateMachine } from 'xstate'
import { hostLifecycle, lifecycle, orderLifecycle, reservationLifecycle } from 'orderwright/machines'
import type { Lifecycle, OrderStatus, OrderStep } from 'orderwright/machines'
import { allLifecycles, stepsOf } from '../model/machines/all-lifecycles.js'

const doorMachine = setup({ types: { events: {} as { type: 'open' | 'knock' } } }).createMachine({
  id: 'door',
  initial: 'shut',
  states: { shut: { on: { knock: 'shut', open: 'ajar' } }, ajar: { type: 'final' } },
})

/** What a call throws, as the facts a host would look at. */
const thrownBy = (call: () => unknown): { readonly code: unknown; readonly message: string } => {
  try {
    call()
  } catch (error) {
    return { code: (error as { code?: unknown }).code, message: (error as Error).message }
  }
  return { code: 'nothing thrown', message: '' }
}

describe('lifecycle', () => {
  it('reads names, initial status, steps and ends of a machine', () => {
    const door = lifecycle(doorMachine)
    expect(door).toMatchObject({ initial: 'shut', states: ['shut', 'ajar'], events: ['knock', 'open'] })
    expect(door.machine).toBe(doorMachine)
    expect(door.next('shut', 'open')).toBe('ajar')
    expect(door.next('shut', 'knock')).toBe('shut')
    expect(door.next('ajar', 'open')).toBeUndefined()
    expect([door.allows('shut', 'knock'), door.allows('ajar', 'knock')]).toEqual([true, false])
    expect([door.allowed('shut'), door.allowed('ajar')]).toEqual([['knock', 'open'], []])
    expect([door.isFinal('shut'), door.isFinal('ajar')]).toEqual([false, true])
  })

  it('knows the names of its machine as literal types', () => {
    expectTypeOf(lifecycle(doorMachine)).toEqualTypeOf<Lifecycle<'shut' | 'ajar', 'open' | 'knock'>>()
    expectTypeOf<OrderStatus>().toEqualTypeOf<'draft' | 'placed' | 'confirmed' | 'closed' | 'canceled'>()
    expectTypeOf(orderLifecycle.next).parameters.toEqualTypeOf<[OrderStatus, OrderStep]>()
    // @ts-expect-error a misspelt step does not compile
    expect(orderLifecycle.allows('draft', 'palce')).toBe(false)
  })

  it('does no work before the first question and reads the machine only once', () => {
    const resolveState = vi.spyOn(doorMachine, 'resolveState')
    const door = lifecycle(doorMachine)
    expect(resolveState).toHaveBeenCalledTimes(0)
    door.next('shut', 'open')
    door.isFinal('ajar')
    expect(resolveState).toHaveBeenCalledTimes(2)
    resolveState.mockRestore()
  })

  it('throws on a status the machine does not have', () => {
    expect(thrownBy(() => orderLifecycle.next('awaiting_approval' as OrderStatus, 'place'))).toEqual({
      code: 'unknown_status',
      message: 'The machine "order" has no status "awaiting_approval".',
    })
  })

  it('hands out lists nobody can change', () => {
    expect(() => (orderLifecycle.states as OrderStatus[]).push('draft')).toThrow(TypeError)
    expect(() => (orderLifecycle.events as OrderStep[]).pop()).toThrow(TypeError)
    expect(() => (orderLifecycle.allowed('draft') as OrderStep[]).pop()).toThrow(TypeError)
  })
})

describe.each(allLifecycles)('the %s lifecycle', (_name, table) => {
  const questions = table.states.flatMap((status) =>
    [...table.events, 'never_heard_of'].map((event) => ({ status, event })),
  )

  it('F2 equals XState on every state × event', () => {
    const answers = questions.map(({ status, event }) => ({ status, event, next: table.next(status, event) }))
    const xstate = questions.map(({ status, event }) => {
      const snapshot = table.machine.resolveState({ value: status, context: {} })
      const selected = table.machine.getTransitionData(snapshot, { type: event })
      const { value } = getNextSnapshot(table.machine, snapshot, { type: event })
      return { status, event, next: selected.length === 0 ? undefined : value }
    })
    expect(answers).toEqual(xstate)
  })

  it('says the same through next, allows and allowed', () => {
    for (const { status, event } of questions) {
      expect(table.allows(status, event)).toBe(table.next(status, event) !== undefined)
      expect(table.allowed(status).includes(event)).toBe(table.allows(status, event))
    }
  })

  it('OQ8 lets nothing happen in a final status, and something in every other', () => {
    for (const status of table.states) expect(table.isFinal(status)).toBe(table.allowed(status).length === 0)
  })
})

describe('the reservation lifecycle', () => {
  it('RS1 is left for committed, released or expired, and never returned to', () => {
    const steps = stepsOf(reservationLifecycle)
    const intoHeld = steps.filter((step) => step.endsWith('-> held'))
    const outOfHeld = steps.filter((step) => step.startsWith('held') && !step.endsWith('-> held'))
    expect(intoHeld).toEqual(['held -extend-> held'])
    expect(outOfHeld).toEqual([
      'held -commit-> committed',
      'held -release-> released',
      'held -expire-> expired',
    ])
  })

  it('RS9 extends only while held', () => {
    const { states, allows } = reservationLifecycle
    expect(states.filter((status) => allows(status, 'extend'))).toEqual(['held'])
  })

  it('RS10 never lets a committed reservation expire', () => {
    expect(reservationLifecycle.allows('committed', 'expire')).toBe(false)
  })
})

describe('lifecycle refuses', () => {
  const machineWith = (extra: object, state: object = {}): AnyStateMachine =>
    createMachine({ id: 'm', initial: 'a', states: { a: { on: { go: 'b' }, ...state }, b: {} }, ...extra })

  const refused: readonly (readonly [string, AnyStateMachine, string])[] = [
    ['context', machineWith({ context: { count: 1 } }), 'the machine has `context`'],
    ['events of the whole machine', machineWith({ on: { stop: '.b' } }), 'the machine has `on`'],
    ['actions on entering the machine', machineWith({ entry: 'log' }), 'the machine has `entry`'],
    [
      'actions on the initial state',
      machineWith({ initial: { target: 'a', actions: 'log' } }),
      'the machine has actions on its initial state',
    ],
    ['output', machineWith({ output: 1 }), 'the machine has `output`'],
    ['delays', machineWith({}, { after: { 1000: 'b' } }), 'state "a" has `after`'],
    ['eventless transitions', machineWith({}, { always: 'b' }), 'state "a" has `always`'],
    ['invoked actors', machineWith({}, { invoke: { src: 'fetch' } }), 'state "a" has `invoke`'],
    ['entry actions', machineWith({}, { entry: 'log' }), 'state "a" has `entry`'],
    ['exit actions', machineWith({}, { exit: 'log' }), 'state "a" has `exit`'],
    [
      'guards',
      machineWith({}, { on: { go: { target: 'b', guard: 'isPaid' } } }),
      'event "go" of state "a" has a guard',
    ],
    [
      'actions on a transition',
      machineWith({}, { on: { go: { target: 'b', actions: 'log' } } }),
      'event "go" of state "a" has actions',
    ],
    [
      'several transitions for one event',
      machineWith({}, { on: { go: [{ target: 'a' }, { target: 'b' }] } }),
      'event "go" of state "a" has several transitions',
    ],
    [
      'a transition without a target',
      machineWith({}, { on: { go: {} } }),
      'event "go" of state "a" does not lead to one state',
    ],
    [
      'a transition to the whole machine',
      machineWith({}, { on: { go: '#m' } }),
      'event "go" of state "a" does not lead to one state',
    ],
    ['wildcards', machineWith({}, { on: { '*': 'b' } }), 'event "*" of state "a" is a wildcard'],
    [
      'events that belong to XState',
      machineWith({}, { on: { 'xstate.init': 'b' } }),
      'event "xstate.init" of state "a" is reserved by XState',
    ],
    ['nested states', machineWith({}, { initial: 'c', states: { c: {} } }), 'state "a" has nested states'],
    [
      'parallel states inside',
      machineWith({}, { type: 'parallel', states: { c: {}, d: {} } }),
      'state "a" has nested states',
    ],
    ['history states', machineWith({}, { type: 'history' }), 'state "a" is a history state'],
    ['final states with events', machineWith({}, { type: 'final' }), 'state "a" is final but has events'],
    [
      'parallel machines',
      createMachine({ id: 'm', type: 'parallel', states: { a: {} } }),
      'its states are parallel',
    ],
    ['machines without states', createMachine({ id: 'm' }), 'it has no states'],
  ]

  it.each(refused)('%s', (_feature, machine, problem) => {
    expect(thrownBy(() => lifecycle(machine))).toEqual({
      code: 'unusable_machine',
      message: `The machine "m" cannot be used as a lifecycle: ${problem}.`,
    })
  })

  it('and names every place at once', () => {
    const machine = machineWith(
      { context: {} },
      { entry: 'log', on: { go: { target: 'b', guard: 'isPaid' } } },
    )
    expect(thrownBy(() => lifecycle(machine)).message).toBe(
      'The machine "m" cannot be used as a lifecycle: ' +
        'the machine has `context`; state "a" has `entry`; event "go" of state "a" has a guard.',
    )
  })

  it('nothing that only describes: descriptions, tags and meta', () => {
    const described = machineWith(
      { description: 'words' },
      { description: 'words', tags: ['x'], meta: { y: 1 } },
    )
    expect(lifecycle(described).next('a', 'go')).toBe('b')
  })
})

describe('hostLifecycle', () => {
  const door = lifecycle(doorMachine)
  const hostDoor = (states: object, initial = 'shut') =>
    createMachine({ id: 'host', initial, states } as Parameters<typeof createMachine>[0])
  const shut = { on: { knock: 'shut', open: 'ajar' } }

  it('F10 takes a machine that adds states and events of its own', () => {
    const host = hostLifecycle(
      door,
      hostDoor({
        shut: { on: { ...shut.on, lock: 'locked' } },
        locked: { on: { unlock: 'shut' } },
        ajar: { type: 'final' },
      }),
    )
    expect(host.next('shut', 'open')).toBe('ajar')
    expect(host.next('shut', 'lock')).toBe('locked')
    expect(host.allowed('locked')).toEqual(['unlock'])
  })

  const refused: readonly (readonly [string, AnyStateMachine, string])[] = [
    [
      'lacks a state',
      hostDoor({ shut: { on: { knock: 'shut', open: 'shut' } } }),
      '"open" does not lead from "shut" to "ajar"; state "ajar" is missing',
    ],
    [
      'lacks an event',
      hostDoor({ shut: { on: { open: 'ajar' } }, ajar: { type: 'final' } }),
      '"knock" does not lead from "shut" to "shut"',
    ],
    [
      'puts a state in between',
      hostDoor({
        shut: { on: { knock: 'shut', open: 'asking' } },
        asking: { on: { allow: 'ajar' } },
        ajar: { type: 'final' },
      }),
      '"open" does not lead from "shut" to "ajar"',
    ],
    [
      'goes on after an end',
      hostDoor({ shut, ajar: { on: { close: 'shut' } } }),
      'state "ajar" is not final',
    ],
    [
      'begins elsewhere',
      hostDoor({ shut, ajar: { type: 'final' }, new: { on: { hang: 'shut' } } }, 'new'),
      'its initial state is not "shut"',
    ],
  ]

  it.each(refused)('refuses a machine that %s', (_what, machine, missing) => {
    expect(thrownBy(() => hostLifecycle(door, machine))).toEqual({
      code: 'unusable_machine',
      message: `The machine "host" cannot be used as a lifecycle: ${missing}.`,
    })
  })

  it('refuses what lifecycle refuses', () => {
    const machine = hostDoor({ shut: { ...shut, entry: 'log' }, ajar: { type: 'final' } })
    expect(thrownBy(() => hostLifecycle(door, machine)).message).toContain('state "shut" has `entry`')
  })
})
