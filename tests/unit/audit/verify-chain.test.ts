import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { sha256 } from '../../../src/adapters/system/sha256.js'
import {
  chainStart,
  isBroken,
  verifyEvent,
  verifyHead,
  type BrokenChain,
  type ChainedEvent,
  type ChainHead,
} from '../../../src/core/audit/verify-chain.js'
import { canonicalJson } from '../../../src/core/canonical-json.js'

const record = { kind: 'order', id: 'o-1' }
const at = '2026-03-01T09:00:00.000Z'

const bodyOf = (version: number, what: unknown) =>
  canonicalJson({
    at,
    by: { actor: { id: 'ada', kind: 'user' }, command: 'orders.place', commandId: 'c', tenant: 'main' },
    event: { type: 'Happened', what },
    id: `event-${version}`,
    kind: record.kind,
    record: record.id,
    version,
  })

const historyOf = (facts: readonly unknown[]): readonly ChainedEvent[] => {
  let hash = ''
  return facts.map((what, index) => {
    const version = index + 1
    const body = bodyOf(version, what)
    hash = sha256(hash + body)
    return { version, id: `event-${version}`, type: 'Happened', recordedAt: at, body, hash }
  })
}

const verify = (events: readonly ChainedEvent[], stored: ChainHead): BrokenChain | undefined => {
  let head = chainStart
  for (const event of events) {
    const checked = verifyEvent(record, head, event, sha256)
    if (isBroken(checked)) return checked
    head = checked
  }
  return verifyHead(head, stored)
}

const headOf = (events: readonly ChainedEvent[]): ChainHead => ({
  version: events.length,
  hash: events.at(-1)?.hash ?? '',
})

/** As a thief would: the versions count on, so that nothing is out of step at first sight. */
const renumbered = (events: readonly ChainedEvent[]) =>
  events.map((event, index) => ({ ...event, version: index + 1 }))

const facts = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 2, maxLength: 8 })
const tampering = fc.tuple(facts, fc.nat())

describe('verifyEvent and verifyHead', () => {
  it('EV11 finds nothing wrong with what was written', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const history = historyOf(all)
        expect(verify(history, headOf(history))).toBeUndefined()
      }),
    )
  })

  it('F183 EV11 finds a changed event where it stands', () => {
    fc.assert(
      fc.property(tampering, ([all, nat]) => {
        const history = historyOf(all)
        const place = nat % history.length
        const changed = history.map((event, index) =>
          index === place ? { ...event, body: bodyOf(event.version, { forged: true }) } : event,
        )
        expect(verify(changed, headOf(history))).toEqual({ at: place + 1, what: 'changed' })
      }),
    )
  })

  it('EV11 finds a changed event whose hash was made anew behind it', () => {
    const history = historyOf(['a', 'b', 'c'])
    const body = bodyOf(2, 'forged')
    const forged = history.map((event) =>
      event.version === 2 ? { ...event, body, hash: sha256((history[0]?.hash ?? '') + body) } : event,
    )
    expect(verify(forged, headOf(history))).toEqual({ at: 3, what: 'changed' })
  })

  it('EV11 finds a whole history made anew by the head of the record', () => {
    const history = historyOf(['a', 'b', 'c'])
    const forged = historyOf(['a', 'forged', 'c'])
    expect(verify(forged, headOf(history))).toEqual({ at: 3, what: 'head' })
  })

  it('EV11 finds a removed event where it was', () => {
    fc.assert(
      fc.property(tampering, ([all, nat]) => {
        const history = historyOf(all)
        const place = nat % history.length
        const removed = history.filter((_event, index) => index !== place)
        expect(verify(removed, headOf(history))).toEqual({ at: place + 1, what: 'missing' })
        const hidden = verify(renumbered(removed), headOf(history))
        expect(hidden?.at).toBe(place + 1)
      }),
    )
  })

  it('EV11 finds two swapped events at the first of them', () => {
    fc.assert(
      fc.property(tampering, ([all, nat]) => {
        const history = historyOf(all.map((what, index) => [index, what]))
        const place = nat % (history.length - 1)
        const swapped = [...history]
        swapped.splice(place, 2, ...history.slice(place, place + 2).reverse())
        expect(verify(renumbered(swapped), headOf(history))?.at).toBe(place + 1)
        // Rows that keep their numbers come back in order from any store, unless it answers out of order.
        expect(verify(swapped, headOf(history))).toEqual({ at: place + 1, what: 'missing' })
      }),
    )
  })

  it('EV11 finds an inserted event where it was put in', () => {
    fc.assert(
      fc.property(tampering, ([all, nat]) => {
        const history = historyOf(all)
        const place = nat % (history.length + 1)
        const version = place + 1
        const inserted: ChainedEvent = {
          version,
          id: 'event-x',
          type: 'Happened',
          recordedAt: at,
          body: bodyOf(version, 'inserted'),
          hash: sha256('made up'),
        }
        const longer = [...history.slice(0, place), inserted, ...history.slice(place)]
        expect(verify(renumbered(longer), headOf(history))?.at).toBe(version)
        const found = verify(longer, headOf(history))
        expect(found?.at).toBe(version)
      }),
    )
  })

  it('EV11 finds a cut tail by the version of the record, and one that was cut there too by its head', () => {
    const history = historyOf(['a', 'b', 'c'])
    expect(verify(history.slice(0, 2), headOf(history))).toEqual({ at: 3, what: 'missing' })
    expect(verify([], headOf(history))).toEqual({ at: 1, what: 'missing' })
    expect(verify(history.slice(0, 2), { ...headOf(history), version: 2 })).toEqual({ at: 2, what: 'head' })
    expect(verify(history, { version: 2, hash: history[1]?.hash ?? '' })).toEqual({
      at: 3,
      what: 'unexpected',
    })
  })

  it('EV11 finds an event of another record and fields that tell something else than the body', () => {
    const [first] = historyOf(['a'])
    if (first === undefined) throw new Error('there is one event')
    const head = { version: 1, hash: first.hash }
    expect(verify([{ ...first, type: 'SomethingElse' }], head)).toEqual({ at: 1, what: 'changed' })
    expect(verify([{ ...first, recordedAt: '2020-01-01T00:00:00.000Z' }], head)).toEqual({
      at: 1,
      what: 'changed',
    })
    expect(verify([{ ...first, id: 'another' }], head)).toEqual({ at: 1, what: 'changed' })
    const foreign = first.body.replace('o-1', 'o-2')
    const moved = { ...first, body: foreign, hash: sha256(foreign) }
    expect(verify([moved], { version: 1, hash: moved.hash })).toEqual({ at: 1, what: 'unexpected' })
  })

  it('EV11 takes no other spelling of the same data', () => {
    const [first] = historyOf(['a'])
    if (first === undefined) throw new Error('there is one event')
    for (const body of [`${first.body} `, first.body.replace('{"at"', '{ "at"'), 'not json', '']) {
      const spelled = { ...first, body, hash: sha256(body) }
      expect(verify([spelled], { version: 1, hash: spelled.hash })).toEqual({ at: 1, what: 'changed' })
    }
  })
})
