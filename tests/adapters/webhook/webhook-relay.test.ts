import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { secretOf, sendOverHttps, verifyWebhook, webhookNotifier } from 'orderwright/webhook'
import { openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { answering, openReceiver, trusting, type Receiver } from '../../support/webhook/receiver.js'
import { secretsOf, whsec } from '../../support/webhook/secrets.js'

/** A desk whose only channel is a webhook to `receiver`, with one order taken. */
const tellingOf = async ({ url }: Receiver) => {
  const warehouse = webhookNotifier({
    endpointOf: () => ({ url, secret: 'current' }),
    secrets: secretsOf({ current: whsec(1) }),
    send: sendOverHttps(trusting),
    clock: { now: () => desk.clock.now() },
  })
  const desk = openDesk({ notifiers: { warehouse } })
  await stockMugs(desk.clerk)
  const order = await orderMugs(desk.clerk)
  return { ...desk, order }
}

/** Answers one request after the other as told, the last way for good. */
const inTurn = (...answers: readonly ((response: ServerResponse) => void)[]) => {
  let turn = 0
  return (response: ServerResponse): void => {
    answers[Math.min(turn, answers.length - 1)]?.(response)
    turn += 1
  }
}

describe('a relay with webhooks', () => {
  it('NO2 NO6 F187 delivers once what was refused once, under one id, to a receiver that checks and remembers', async () => {
    await using receiver = await openReceiver(inTurn(answering(500), answering(200)))
    const { oms, clock, order } = await tellingOf(receiver)
    expect(await oms.relay()).toEqual({ claimed: 1, delivered: 0, retried: 1, parked: 0 })
    clock.advance(1_000)
    expect(await oms.relay()).toEqual({ claimed: 1, delivered: 1, retried: 0, parked: 0 })
    clock.advance(3_600_000)
    expect(await oms.relay()).toEqual({ claimed: 0, delivered: 0, retried: 0, parked: 0 })

    const checks = receiver.received.map(({ headers, body }, attempt) =>
      verifyWebhook({
        headers,
        body,
        secrets: [secretOf(whsec(1))],
        now: attempt === 0 ? '2026-03-01T09:00:00.000Z' : '2026-03-01T09:00:01.000Z',
      }),
    )
    expect(checks).toMatchObject([
      { ok: true, sentAt: '2026-03-01T09:00:00.000Z' },
      { ok: true, sentAt: '2026-03-01T09:00:01.000Z' },
    ])
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(1)
    const [first, second] = receiver.received.map(({ body }) => String(body))
    expect(second).toBe(first)
    expect(JSON.parse(first ?? '')).toEqual({
      type: 'order_received',
      timestamp: '2026-03-01T09:00:00.000Z',
      data: { about: { kind: 'order', id: order }, version: expect.any(Number) as number, order },
    })
  })

  it('F187 parks what the endpoint says is gone, with its reason', async () => {
    await using receiver = await openReceiver(answering(410))
    const { oms } = await tellingOf(receiver)
    expect(await oms.relay()).toEqual({ claimed: 1, delivered: 0, retried: 0, parked: 1 })
  })

  it('F187 leaves an endpoint alone for as long as it asks', async () => {
    await using receiver = await openReceiver(inTurn(answering(429, { 'retry-after': '90' }), answering(200)))
    const { oms, clock } = await tellingOf(receiver)
    expect(await oms.relay()).toMatchObject({ retried: 1 })
    clock.advance(89_999)
    expect(await oms.relay()).toMatchObject({ claimed: 0 })
    clock.advance(1)
    expect(await oms.relay()).toMatchObject({ claimed: 1, delivered: 1 })
  })
})
