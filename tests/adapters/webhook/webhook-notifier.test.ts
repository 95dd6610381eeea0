import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Notification } from 'orderwright'
import { fixedClock, notifierConformance } from 'orderwright/testing'
import {
  secretOf,
  sendOverHttps,
  verifyWebhook,
  webhookNotifier,
  type WebhookOptions,
  type WebhookRequest,
  type WebhookResponse,
} from 'orderwright/webhook'
import type { TenantId } from '../../../src/core/ids/ids.js'
import type { Instant } from '../../../src/core/time/instant.js'
import { answering, openReceiver, trusting } from '../../support/webhook/receiver.js'
import { published, secretsOf, whsec } from '../../support/webhook/secrets.js'

const notification: Notification = {
  id: '0195d3a0-0000-7000-8000-000000000001',
  tenant: 'main' as TenantId,
  topic: 'order_shipped',
  channel: 'warehouse',
  about: { kind: 'order', id: 'order-1' },
  version: 4,
  recipient: { role: 'customer', name: 'Zoë Canary', email: 'zoe@canary.example', phone: '+43 1 222 7312' },
  content: {
    order: 'order-1',
    shipment: 'shipment-1',
    orderNumber: 'K3F9',
    recipientName: 'Zoë Canary',
    shippingAddress: { name: 'Zoë Canary', street: 'Canary Street 1' },
    total: { amount: '12.50', currency: 'EUR' },
  },
  createdAt: '2026-03-01T08:59:00.000Z' as Instant,
  attempt: 1,
}

const endpoint = { url: 'https://hooks.example/in', secret: 'current' }

const sending = (response: WebhookResponse = { status: 204 }, options: Partial<WebhookOptions> = {}) => {
  const sent: WebhookRequest[] = []
  const notifier = webhookNotifier({
    endpointOf: () => endpoint,
    secrets: secretsOf({ current: whsec(1), previous: whsec(2), short: whsec(3, 23) }),
    clock: fixedClock('2026-03-01T09:00:00.999Z'),
    send: async (request) => {
      sent.push(request)
      return response
    },
    ...options,
  })
  return {
    notifier,
    sent,
    deliver: (more: Partial<Notification> = {}) => notifier.deliver({ ...notification, ...more }),
  }
}

const verify = ({ headers, body }: WebhookRequest, ...secrets: readonly string[]) =>
  verifyWebhook({ headers, body, secrets: secrets.map(secretOf), now: '2026-03-01T09:00:00.999Z' })

describe('a message as a webhook', () => {
  it('F187 has the headers of Standard Webhooks, and a signature that a receiver takes', async () => {
    const { deliver, sent } = sending(undefined, {
      secrets: secretsOf({ current: published.secret }),
      clock: fixedClock(published.sentAt),
    })
    await deliver({ id: published.id })
    const [request] = sent
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': published.id,
      'webhook-timestamp': published.timestamp,
    })
    expect(
      verifyWebhook({
        headers: request?.headers ?? {},
        body: request?.body ?? Buffer.alloc(0),
        secrets: [secretOf(published.secret)],
        now: published.sentAt,
      }),
    ).toEqual({ ok: true, id: published.id, sentAt: published.sentAt })
  })

  it('F187 tells type, time, record, version and ids, and nothing of a person, an amount or a number', async () => {
    const { deliver, sent } = sending()
    await deliver()
    expect(JSON.parse(String(Buffer.from(sent[0]?.body ?? [])))).toEqual({
      type: 'order_shipped',
      timestamp: '2026-03-01T08:59:00.000Z',
      data: {
        about: { kind: 'order', id: 'order-1' },
        version: 4,
        order: 'order-1',
        shipment: 'shipment-1',
      },
    })
    expect(inspect(sent)).not.toMatch(/canary|12\.50|K3F9/i)
  })

  it('F187 tells what the host says instead', async () => {
    const { deliver, sent } = sending(undefined, {
      dataOf: ({ content }) => ({ number: content['orderNumber'] }),
    })
    await deliver()
    expect(JSON.parse(String(Buffer.from(sent[0]?.body ?? [])))).toMatchObject({ data: { number: 'K3F9' } })
  })

  it('F187 has at most 20,000 bytes, counted as they are sent', async () => {
    const around = '{"type":"order_shipped","timestamp":"2026-03-01T08:59:00.000Z","data":{"text":""}}'.length
    const filled = (text: string) => sending(undefined, { dataOf: () => ({ text }) })
    const most = 'x'.repeat(20_000 - around)
    const fitting = filled(most)
    await fitting.deliver()
    expect(fitting.sent[0]?.body).toHaveLength(20_000)
    for (const text of [`${most}x`, `${most.slice(1)}é`]) {
      const { deliver, sent } = filled(text)
      await expect(deliver()).rejects.toMatchObject({ code: 'payload_too_large', permanent: true })
      expect(sent).toEqual([])
    }
  })

  it('NO2 F187 has the same id in every attempt, and the time of the attempt', async () => {
    const clock = fixedClock('2026-03-01T09:00:00.000Z')
    const { deliver, sent } = sending(undefined, { clock })
    await deliver()
    clock.advance(600_000)
    await deliver({ attempt: 2 })
    expect(sent.map(({ headers }) => headers['webhook-id'])).toEqual([notification.id, notification.id])
    expect(sent.map(({ headers }) => headers['webhook-timestamp'])).toEqual(['1772355600', '1772356200'])
  })

  it('F187 is signed with the current secret and the one before it, while both are in use', async () => {
    const { deliver, sent } = sending(undefined, {
      endpointOf: () => ({ ...endpoint, previousSecret: 'previous' }),
    })
    await deliver()
    const [request] = sent
    if (request === undefined) throw new Error('nothing was sent')
    expect(request.headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/)
    expect(verify(request, whsec(1)).ok).toBe(true)
    expect(verify(request, whsec(2)).ok).toBe(true)
    expect(verify(request, whsec(3)).ok).toBe(false)
  })

  it('F187 is signed with the current secret alone when the one before it is kept no longer', async () => {
    const { deliver, sent } = sending(undefined, {
      endpointOf: () => ({ ...endpoint, previousSecret: 'thrown away' }),
    })
    await deliver()
    expect(sent[0]?.headers['webhook-signature']).toMatch(/^v1,\S{44}$/)
  })

  it('F187 goes to the endpoint of its tenant and channel, with a secret asked for by name', async () => {
    const asked: unknown[] = []
    const { deliver, sent } = sending(undefined, {
      endpointOf: async ({ tenant, channel, topic }) => ({
        url: `https://${tenant}.example/${channel}/${topic}`,
        secret: `of ${tenant}`,
      }),
      secrets: {
        get: async (...question) => {
          asked.push(question)
          return secretOf(whsec(1))
        },
      },
    })
    await deliver({ tenant: 'north' as TenantId })
    expect(sent[0]?.url).toBe('https://north.example/warehouse/order_shipped')
    expect(asked).toEqual([['north', 'webhook', 'of north']])
  })

  it.each([
    ['no endpoint', { endpointOf: () => undefined }, 'no_endpoint'],
    ['no secret', { endpointOf: () => ({ ...endpoint, secret: 'unknown' }) }, 'secret_unknown'],
    ['a secret of 23 bytes', { endpointOf: () => ({ ...endpoint, secret: 'short' }) }, 'secret_unusable'],
    [
      'a secret before of 23 bytes',
      { endpointOf: () => ({ ...endpoint, previousSecret: 'short' }) },
      'secret_unusable',
    ],
  ])('F187 is parked where there is %s, and not sent', async (_what, options, code) => {
    const { deliver, sent } = sending(undefined, options)
    await expect(deliver()).rejects.toMatchObject({ code, permanent: true })
    expect(sent).toEqual([])
  })

  it.each(['message.1', 'a b', '', 'a\r\nb', 'x'.repeat(256)])(
    'F187 is not sent under the id %j, which would break what is signed',
    async (id) => {
      const { deliver, sent } = sending()
      await expect(deliver({ id })).rejects.toMatchObject({ code: 'id_unusable', permanent: true })
      expect(sent).toEqual([])
    },
  )

  it('F187 is tried again when the source of secrets cannot answer', async () => {
    const { deliver } = sending(undefined, { secrets: { get: () => Promise.reject(new Error('sealed')) } })
    const failure: unknown = await deliver().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toHaveProperty('permanent', true)
  })
})

describe('what the endpoint answers', () => {
  it.each([200, 201, 202, 204, 299])('F187 is a delivery with status %i', async (status) => {
    await expect(sending({ status }).deliver()).resolves.toBeUndefined()
  })

  it.each([0, 199, 300, 301, 302, 307, 308, 399, 408, 425, 429, 500, 502, 503, 504, 599, Number.NaN])(
    'F187 is tried again with status %i',
    async (status) => {
      await expect(sending({ status }).deliver()).rejects.toMatchObject({
        code: `http_${status}`,
        permanent: false,
      })
    },
  )

  it.each([400, 401, 403, 404, 405, 410, 413, 422, 451])(
    'F187 refuses for good with status %i',
    async (status) => {
      await expect(sending({ status }).deliver()).rejects.toMatchObject({
        code: `http_${status}`,
        permanent: true,
      })
    },
  )

  it.each([
    ['120', 120_000],
    ['Sun, 01 Mar 2026 09:02:00 GMT', 119_001],
    ['Sun, 01 Mar 2026 08:00:00 GMT', undefined],
    ['-5', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('F187 asks with Retry-After %s to be left alone for %s milliseconds', async (retryAfter, wait) => {
    const response = retryAfter === undefined ? { status: 429 } : { status: 429, retryAfter }
    const failure: unknown = await sending(response)
      .deliver()
      .catch((error: unknown) => error)
    expect(failure).toHaveProperty('retryAfter', wait)
  })
})

describe('a webhook notifier keeps the promises of its port:', () => {
  for (const { name, run } of notifierConformance) {
    it(`F192 ${name}`, async () => {
      let next = 200
      const arrived: string[] = []
      await using receiver = await openReceiver((response, { headers }) => {
        const status = next
        next = 200
        if (status === 200) arrived.push(String(headers['webhook-id']))
        answering(status)(response)
      })
      await run(() => ({
        notifier: webhookNotifier({
          endpointOf: () => ({ url: receiver.url, secret: 'current' }),
          secrets: secretsOf({ current: whsec(1) }),
          send: sendOverHttps(trusting),
        }),
        arrived: () => arrived,
        refuseNext: (how) => {
          next = how === 'for good' ? 410 : 503
        },
      }))
    })
  }
})
