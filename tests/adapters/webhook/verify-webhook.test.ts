import { describe, expect, it } from 'vitest'
import { secretOf, verifyWebhook, type ReceivedWebhook, type WebhookHeaders } from 'orderwright/webhook'
import { webhookKey } from '../../../src/adapters/webhook/webhook-key.js'
import { webhookSignature } from '../../../src/adapters/webhook/webhook-signature.js'
import { published, whsec } from '../../support/webhook/secrets.js'

const { id, timestamp, body, signature } = published
const secret = secretOf(published.secret)

const headersWith = (more: Readonly<Record<string, string | readonly string[] | undefined>> = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': timestamp,
  'webhook-signature': signature,
  ...more,
})

const verify = (more: Partial<ReceivedWebhook> = {}) =>
  verifyWebhook({ headers: headersWith(), body, secrets: [secret], now: published.sentAt, ...more })

/** A true signature over whatever the headers say. */
const signed = (changed: { readonly id?: string; readonly timestamp?: string }, text = published.secret) =>
  webhookSignature(webhookKey(secretOf(text)) ?? Buffer.alloc(0), { id, timestamp, body, ...changed })

const later = (milliseconds: number): string =>
  new Date(Date.parse(published.sentAt) + milliseconds).toISOString()

const refusal = (reason: string, code = 'signature_invalid') => ({
  ok: false,
  error: { code, reason, status: 401 },
})

describe('a webhook that comes in', () => {
  it('F187 is taken with the published signature of the Standard Webhooks example', () => {
    expect(verify()).toEqual({ ok: true, id, sentAt: published.sentAt })
  })

  it.each([
    ['those of fetch', new Headers(headersWith())],
    ['those of a Node request', headersWith({ 'content-type': 'application/json', cookie: ['a', 'b'] })],
    [
      'others in their own case',
      { 'Webhook-Id': id, 'WEBHOOK-TIMESTAMP': timestamp, 'Webhook-Signature': [signature] },
    ],
  ] satisfies readonly [string, WebhookHeaders][])('F187 may have headers like %s', (_which, headers) => {
    expect(verify({ headers })).toMatchObject({ ok: true })
  })

  it('F187 is taken when any of several signatures is ours, of versions we do not know too', () => {
    const others = `v1,${Buffer.alloc(32).toString('base64')} v1a,${signature.slice(3)} v2,xyz`
    expect(verify({ headers: headersWith({ 'webhook-signature': `${others} ${signature}` }) }).ok).toBe(true)
    expect(verify({ headers: headersWith({ 'webhook-signature': others }) })).toMatchObject(
      refusal('no_signature_matches'),
    )
  })

  it('F187 is taken under the secret before as long as that is handed over, and no longer', () => {
    const current = secretOf(whsec(7))
    expect(verify({ secrets: [current, secret] }).ok).toBe(true)
    expect(verify({ secrets: [current] })).toMatchObject(refusal('no_signature_matches'))
  })

  it.each([
    ['its body', { body: Buffer.from('{"test":2432232314}') }],
    ['its id', { headers: headersWith({ 'webhook-id': `${id}x` }) }],
    ['its time', { headers: headersWith({ 'webhook-timestamp': '1614265331' }) }],
    ['its signature', { headers: headersWith({ 'webhook-signature': signature.replace('g0', 'g1') }) }],
    [
      'the length of its signature',
      { headers: headersWith({ 'webhook-signature': signature.slice(0, -1) }) },
    ],
    ['the spelling of its signature', { headers: headersWith({ 'webhook-signature': `${signature}=` }) }],
  ])('F187 is refused when %s was changed by a character', (_what, more) => {
    expect(verify(more)).toMatchObject(refusal('no_signature_matches'))
  })

  it.each([
    ['a text', body.toString()],
    ['what JSON made of it', JSON.parse(body.toString())],
    ['nothing', undefined],
  ])(
    'F187 is refused when its body is handed over as %s: only the raw bytes were signed',
    (_what, parsed) => {
      expect(verify({ body: parsed as Uint8Array })).toMatchObject(refusal('raw_body_needed'))
    },
  )

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'F187 is refused without %s, and with two of it',
    (name) => {
      const value = headersWith()[name as keyof ReturnType<typeof headersWith>] ?? ''
      expect(verify({ headers: headersWith({ [name]: undefined }) })).toMatchObject(refusal('header_missing'))
      for (const headers of [
        headersWith({ [name]: [value, value] as string[] }),
        headersWith({ [name.toUpperCase()]: value }),
      ])
        expect(verify({ headers })).toMatchObject(refusal('header_missing'))
    },
  )

  it.each([
    ['an id with a dot', { id: 'msg.1' }],
    ['an id that is empty', { id: '' }],
    ['an id beyond 255 characters', { id: 'a'.repeat(256) }],
    ['an id with a line break', { id: 'msg\n1' }],
    ['a time with a fraction', { timestamp: '1614265330.5' }],
    ['a time as a date', { timestamp: published.sentAt }],
    ['a time with a sign', { timestamp: '-1614265330' }],
    ['no time', { timestamp: 'NaN' }],
  ])('F187 is refused with %s, signed or not', (_what, given) => {
    const headers = headersWith({
      ...('id' in given ? { 'webhook-id': given.id } : { 'webhook-timestamp': given.timestamp }),
      'webhook-signature': signed(given),
    })
    expect(verify({ headers })).toMatchObject(refusal('header_malformed'))
  })

  it('F187 is taken five minutes before and after its time, and not a millisecond further', () => {
    expect(verify({ now: later(300_000) }).ok).toBe(true)
    expect(verify({ now: later(-300_000) }).ok).toBe(true)
    expect(verify({ now: later(300_001) })).toMatchObject(refusal('too_old', 'signature_expired'))
    expect(verify({ now: later(-300_001) })).toMatchObject(refusal('too_new', 'signature_expired'))
  })

  it('F187 is compared with the time of the machine where no other is given', () => {
    expect(verifyWebhook({ headers: headersWith(), body, secrets: [secret] })).toMatchObject(
      refusal('too_old', 'signature_expired'),
    )
    const fresh = String(Math.floor(Date.now() / 1_000))
    const headers = headersWith({
      'webhook-timestamp': fresh,
      'webhook-signature': signed({ timestamp: fresh }),
    })
    expect(verifyWebhook({ headers, body, secrets: [secret] }).ok).toBe(true)
  })

  it('SE7 F187 is refused with words that tell nothing of the secret, the right signature or the body', () => {
    const forged = verify({ headers: headersWith({ 'webhook-signature': 'v1,AAAA' }) })
    const told = JSON.stringify(forged)
    for (const secretText of [published.secret.slice(6), signature.slice(3), '2432232314', id])
      expect(told).not.toContain(secretText)
  })

  it.each([
    ['without a secret', []],
    ['with one of 23 bytes', [secretOf(whsec(1, 23))]],
    ['with one of 65 bytes', [secretOf(whsec(1, 65))]],
    ['with one whose base64 was cut off', [secretOf(whsec(1).slice(0, -1))]],
    ['with one that is no base64', [secretOf('whsec_canary!canary!canary!canary!canary!')]],
    ['with one of another form', [secretOf('canary'.repeat(8))]],
  ])(
    'SE7 F187 is not checked %s: that is a mistake of the host, told without the secret',
    (_what, secrets) => {
      expect(() => verify({ secrets })).toThrow(expect.objectContaining({ code: 'configuration' }))
      expect(() => verify({ secrets })).not.toThrow(/canary|AQEB/)
    },
  )

  it('F187 is not checked at a time that is none', () => {
    expect(() => verify({ now: 'yesterday' })).toThrow(expect.objectContaining({ code: 'configuration' }))
  })
})
