import { expect, it } from 'vitest'
import { numberSeriesKind } from '../../../src/core/invoicing/number-series.js'
import type { RecordedEvent } from '../../../src/core/ports/storage.js'
import type { Instant } from '../../../src/core/time/instant.js'
import { numberedDocumentsOf } from '../../../src/testing/simulation/history/histories-of-run.js'
import type { LoggedRequest } from '../../../src/testing/simulation/request-log.js'
import { createShadow } from '../../../src/testing/simulation/shadow.js'

const at = '2026-03-01T09:00:00.000Z' as Instant
const key = { kind: numberSeriesKind.name, id: 'invoice' }

const numberTaken = (number: number, command: string): RecordedEvent => {
  const event = { type: 'NumberTaken', number, issuedOn: '2026-03-01', document: { id: `invoice-${number}` } }
  return {
    key,
    version: number,
    type: event.type,
    recordedAt: at,
    body: JSON.stringify({ by: { command }, event }),
    hash: '',
  } as RecordedEvent
}

const answered = (action: string, moment: number): LoggedRequest => ({
  client: 0,
  request: { action, input: {} },
  key: `${action} ${moment}`,
  invoked: moment,
  answered: moment + 1,
  answer: { ok: true, value: { invoice: 'invoice-1' }, version: 1, replayed: false },
  attempts: 1,
})

it('NR3 a number is held to the call that took it, not to one that was told of the document later', () => {
  const opening = createShadow()
  const after = createShadow()
  const events = [numberTaken(1, 'shipments.ship'), numberTaken(2, 'invoices.bill')]
  after.records.set(key, { key, version: 2, state: {}, chain: '', entries: {}, events })
  const requests = [answered('invoices.recordSent', 3), answered('shipments.ship', 7)]
  expect(numberedDocumentsOf(requests, opening, after).get('invoice')).toEqual([
    { number: 1, issuedOn: '2026-03-01', invoked: 7, answered: 8 },
    { number: 2, issuedOn: '2026-03-01', invoked: -Infinity, answered: Infinity },
  ])
})
