import { secretOf, type SecretSource } from 'orderwright/webhook'

/** The example of the Standard Webhooks specification, and what its library gives for it. */
export const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  sentAt: '2021-02-25T15:02:10.000Z',
  body: Buffer.from('{"test": 2432232314}'),
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

export const whsec = (fill: number, bytes = 32): string =>
  `whsec_${Buffer.alloc(bytes, fill).toString('base64')}`

export const secretsOf = (known: Readonly<Record<string, string>>): SecretSource => ({
  get: async (_tenant, _purpose, keyId) => {
    const text = known[keyId]
    return text === undefined ? undefined : secretOf(text)
  },
})
