import { describe, expect, it } from 'vitest'
import type { PolicyRequest, Writes } from 'orderwright'
import { statusNotes } from '../../src/testing/simulation/status-notes.js'

const ship = 'transfers.ship'

/** The policy is asked about a command that names transfer T. */
const about = (status: string | undefined, input: object = { transfer: 'T' }, action = ship) =>
  ({
    action,
    input,
    facts: { find: () => (status === undefined ? undefined : { state: { status }, version: 1 }) },
  }) as unknown as PolicyRequest

const answered = (key: string, code?: string, action = ship) => ({
  key: { kind: 'idempotency', id: `${action}/${key}` },
  before: 0,
  version: 1,
  state: { answer: code === undefined ? { ok: true } : { ok: false, refusal: { code } } },
  entries: {},
  chain: '',
})

const writing = (...records: readonly object[]) =>
  ({ records, events: [], messages: [] }) as unknown as Writes

const cellsAfter = (asked: readonly PolicyRequest[], ...records: readonly object[]) => {
  const notes = statusNotes()
  const decided = notes.during(() => {
    for (const request of asked) notes.asked(request)
    return writing(...records)
  })
  return notes.committed(decided)
}

describe('what is noted with a decision', () => {
  it('is the status that each command of a batch found, be it after the one before', () => {
    expect(
      cellsAfter([about('planned'), about('shipped')], answered('1'), answered('2', 'invalid_state')),
    ).toEqual([`${ship} ok, transfer planned`, `${ship} invalid_state, transfer shipped`])
  })

  it('is told apart by command', () => {
    const receive = 'transfers.receive'
    expect(
      cellsAfter(
        [about('planned'), about('shipped', undefined, receive)],
        answered('1'),
        answered('2', undefined, receive),
      ),
    ).toEqual([`${ship} ok, transfer planned`, `${receive} ok, transfer shipped`])
  })

  it('is that there is no such record', () => {
    expect(cellsAfter([about(undefined)], answered('1', 'unknown_transfer'))).toEqual([
      `${ship} unknown_transfer, no transfer`,
    ])
  })

  it('is nothing where a command is about no record with a life, or has not locked it', () => {
    expect(cellsAfter([about('planned', { sku: 'mug' })], answered('1'))).toEqual([])
    const unlocked = {
      ...about('planned'),
      facts: {
        find: () => {
          throw new Error('not locked')
        },
      },
    }
    expect(cellsAfter([unlocked], answered('1'))).toEqual([])
  })

  it('is the record that the command is about, not another that it names', () => {
    const credit = 'invoices.credit'
    expect(
      cellsAfter([about('settled', { order: 'O', invoice: 'I' }, credit)], answered('1', undefined, credit)),
    ).toEqual([`${credit} ok, invoice settled`])
    const place = 'orders.place'
    expect(
      cellsAfter(
        [about('held', { held: { reservation: 'R', owner: 'cart' } }, place)],
        answered('1', undefined, place),
      ),
    ).toEqual([`${place} ok, reservation held`])
  })

  it('does not count where one of several has left no answer: nobody knows which', () => {
    expect(cellsAfter([about('planned'), about('shipped')], answered('1'))).toEqual([])
  })

  it('does not count when the decision is made again', () => {
    const notes = statusNotes()
    const decide = (status: string) =>
      notes.during(() => {
        notes.asked(about(status))
        return writing(answered('1'))
      })
    const [first, again] = [decide('planned'), decide('shipped')]
    expect(notes.committed(again)).toEqual([`${ship} ok, transfer shipped`])
    expect(notes.committed(first)).toEqual([`${ship} ok, transfer planned`])
  })

  it('does not count for an answer that was on record before', () => {
    expect(cellsAfter([about('planned')], { ...answered('1'), before: 1 })).toEqual([])
  })
})
