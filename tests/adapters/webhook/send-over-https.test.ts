import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { sendOverHttps, type HttpsOptions } from 'orderwright/webhook'
import { checkedAddresses, networksOf } from '../../../src/adapters/webhook/checked-addresses.js'
import { answering, openReceiver, trusting } from '../../support/webhook/receiver.js'

const body = Buffer.from('{"type":"order_shipped"}')
const post = (url: string, options: HttpsOptions = trusting) =>
  sendOverHttps(options)({ url, headers: { 'content-type': 'application/json', 'webhook-id': 'one' }, body })

const failureOf = (sending: Promise<unknown>): Promise<unknown> =>
  sending.then(
    (answer) => answer,
    (error: unknown) => error,
  )

describe('a webhook over https', () => {
  it('F187 arrives as it was signed, as a POST to the path of the endpoint', async () => {
    await using receiver = await openReceiver(answering(202, { 'retry-after': '7' }, 'thank you'))
    expect(await post(receiver.url)).toEqual({ status: 202, retryAfter: '7' })
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]).toMatchObject({
      path: '/in',
      body,
      headers: { 'webhook-id': 'one', 'content-type': 'application/json', 'content-length': '24' },
    })
  })

  it('F187 goes to the address that was checked, asked for once: a name that changes its mind leads nowhere else', async () => {
    await using receiver = await openReceiver(answering(204))
    const answers = [['127.0.0.1'], ['169.254.169.254']]
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return answers.shift() ?? []
    }
    // The system cannot resolve this name at all: who arrives was led by the answer above.
    expect(await post(receiver.url, { ...trusting, resolve })).toEqual({ status: 204 })
    expect(asked).toEqual(['hooks.example'])
  })

  it('F187 keeps the name of the endpoint for the certificate and the host header', async () => {
    await using receiver = await openReceiver(answering(204))
    await post(receiver.url)
    expect(receiver.received[0]?.serverName).toBe('hooks.example')
    expect(receiver.received[0]?.headers.host).toBe(new URL(receiver.url).host)
  })

  it('F187 is not sent to who has a certificate for another name, or one that nobody vouches for', async () => {
    await using receiver = await openReceiver(answering(204))
    const other = receiver.url.replace('hooks.example', 'other.example')
    expect(await failureOf(post(other))).toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      permanent: false,
    })
    const { resolve, allowedNetworks = [] } = trusting
    expect(
      await failureOf(post(receiver.url, { allowedNetworks, ...(resolve !== undefined && { resolve }) })),
    ).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(receiver.received).toEqual([])
  })

  it('F187 follows no redirect', async () => {
    await using hidden = await openReceiver(answering(200))
    await using receiver = await openReceiver(answering(307, { location: hidden.url }))
    expect(await post(receiver.url)).toEqual({ status: 307 })
    expect(hidden.received).toEqual([])
  })

  it.each([
    ['drips its answer', (drip: (text: string) => void) => drip('.')],
    ['never ends its answer', () => undefined],
  ])('F187 is cut off in its time by an endpoint that %s', async (_what, go) => {
    let gone = false
    await using receiver = await openReceiver((response) => {
      response.writeHead(200).write('.')
      const timer = setInterval(() => go((text) => response.write(text)), 20)
      response.on('close', () => {
        gone = true
        clearInterval(timer)
      })
    })
    expect(await failureOf(post(receiver.url, { ...trusting, timeout: 2_000 }))).toMatchObject({
      code: 'endpoint_timeout',
      permanent: false,
    })
    expect(receiver.received).toHaveLength(1)
    await expect.poll(() => gone).toBe(true)
  })

  it('F187 is cut off in its time by an endpoint that drips its headers', async () => {
    await using receiver = await openReceiver((response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\nx-slow: ')
      const timer = setInterval(() => response.socket?.write('.'), 20)
      response.on('close', () => clearInterval(timer))
    })
    expect(await failureOf(post(receiver.url, { ...trusting, timeout: 2_000 }))).toMatchObject({
      code: 'endpoint_timeout',
    })
    expect(receiver.received).toHaveLength(1)
  })

  it('F187 is cut off in its time when nobody answers what the name of the endpoint is', async () => {
    const resolve = () => new Promise<never>(() => undefined)
    expect(
      await failureOf(post('https://hooks.example/in', { ...trusting, resolve, timeout: 20 })),
    ).toMatchObject({ code: 'endpoint_timeout', permanent: false })
  })

  it('F187 stops reading an answer without an end; its status counts', async () => {
    let gone = false
    let written = 0
    await using receiver = await openReceiver((response) => {
      response.writeHead(200)
      response.on('close', () => (gone = true))
      const write = (): void => {
        while (!gone && response.write('x'.repeat(16_384))) written += 16_384
      }
      response.on('drain', write)
      write()
    })
    expect(await post(receiver.url)).toEqual({ status: 200 })
    await expect.poll(() => gone).toBe(true)
    expect(written).toBeLessThan(50_000_000)
  })

  it('F187 is tried again where the connection breaks in the middle of the answer', async () => {
    await using receiver = await openReceiver((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      setImmediate(() => response.socket?.destroy())
    })
    expect(await failureOf(post(receiver.url))).toMatchObject({ code: 'ECONNRESET', permanent: false })
  })

  it.each([
    ['nobody listens', 'https://127.0.0.1:1/in', trusting, 'ECONNREFUSED'],
    [
      'the name has no address',
      'https://hooks.example/in',
      { ...trusting, resolve: async () => [] },
      'endpoint_unreachable',
    ],
    [
      'the name is unknown',
      'https://hooks.example/in',
      {
        ...trusting,
        resolve: () => Promise.reject(Object.assign(new Error('canary'), { code: 'ENOTFOUND' })),
      },
      'ENOTFOUND',
    ],
    [
      'the resolver is broken',
      'https://hooks.example/in',
      { ...trusting, resolve: () => Promise.reject(new Error('canary')) },
      'endpoint_unreachable',
    ],
  ])('F187 is tried again where %s', async (_what, url, options, code) => {
    expect(await failureOf(post(url, options))).toMatchObject({ code, permanent: false })
  })

  it('SE7 F187 tells of a failure neither URL nor header nor answer', async () => {
    await using receiver = await openReceiver((response) => {
      response.writeHead(200, { 'x-canary': 'canary', 'content-length': '100' }).write('canary')
      setImmediate(() => response.socket?.destroy())
    })
    const failures = [
      post(`${receiver.url}/canary?token=canary`),
      post(receiver.url.replace('hooks', 'canary')),
      post('https://user:canary@hooks.example/in'),
      post('https://hooks.example/canary', {
        ...trusting,
        resolve: () => Promise.reject(new Error('canary')),
      }),
      post('canary'),
    ]
    for (const failure of await Promise.all(failures.map(failureOf))) {
      expect(failure).toBeInstanceOf(Error)
      expect(inspect(failure, { showHidden: true, depth: 9 })).not.toContain('canary')
    }
  })

  it.each([{ timeout: 0 }, { timeout: Number.NaN }, { timeout: 1.5 }])(
    'F187 has a limit of time: not %j',
    (options) => {
      expect(() => sendOverHttps(options)).toThrow(expect.objectContaining({ code: 'configuration' }))
    },
  )

  it.each(['127.0.0.1', '127.0.0.0/33', 'localhost/8', '10/8', '', '::/129'])(
    'F187 takes %j for no network',
    (network) => {
      expect(() => sendOverHttps({ allowedNetworks: [network] })).toThrow(
        expect.objectContaining({ code: 'configuration' }),
      )
    },
  )
})

const notPublic = [
  ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
  ['nowhere', '0.0.0.0', '0.1.2.3', '::'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ['unique local', 'fc00::1', 'fd12:3456::1'],
  ['link-local', '169.254.1.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  [
    'of cloud metadata',
    '169.254.169.254',
    '100.100.100.200',
    'fd00:ec2::254',
    '192.0.0.192',
    '168.63.129.16',
  ],
  ['carrier-grade NAT', '100.64.0.1', '100.127.255.255'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
  ['broadcast', '255.255.255.255'],
  [
    'for documents and measurements',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '198.18.0.1',
    '2001:db8::1',
    '3fff::1',
  ],
  ['reserved', '240.0.0.1', '192.88.99.1', '100::1', '5f00::1', 'fec0::1'],
  ['IPv4 in IPv6', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:10.0.0.1', '::127.0.0.1', '::7f00:1'],
  ['IPv4 behind a translator', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1'],
  ['no address', 'localhost', '', '1.1', '16843009', '0x1.0x1.0x1.0x1', '1.1.1.1.1'],
].flatMap(([what = '', ...addresses]) => addresses.map((address) => [what, address] as const))

describe('the address of an endpoint', () => {
  it.each(notPublic)('F187 is refused for good where it is %s: %s', async (_what, address) => {
    const resolve = async () => [address]
    const url = 'https://hooks.example/in'
    expect(await failureOf(post(url, { resolve }))).toMatchObject({
      code: 'endpoint_forbidden',
      permanent: true,
    })
    const mixed = async () => ['93.184.215.14', address]
    expect(await failureOf(post(url, { resolve: mixed }))).toMatchObject({ code: 'endpoint_forbidden' })
  })

  it.each([
    '93.184.215.14',
    '1.1.1.1',
    '172.32.0.1',
    '168.63.129.17',
    '2606:4700:4700::1111',
    '2a00:1450::1',
    '::ffff:1.1.1.1',
  ])('F187 is taken where it is public: %s', (address) => {
    expect(checkedAddresses([address], networksOf([]))).toEqual([
      { address, family: address.includes(':') ? 6 : 4 },
    ])
  })

  it.each([
    [
      '10.4.0.0/16',
      ['10.4.0.1', '10.4.255.255', '::ffff:10.4.0.1'],
      ['10.5.0.1', '10.3.255.255', '127.0.0.1'],
    ],
    ['fd12:3456::/32', ['fd12:3456::1'], ['fd12:3457::1', '::1', '10.4.0.1']],
    ['168.63.129.16/32', ['168.63.129.16'], ['169.254.169.254']],
  ] as const)(
    'F187 may be in a network that is allowed by name, %s, and in no other',
    (network, taken, refused) => {
      const allowed = networksOf([network])
      for (const address of taken) expect(checkedAddresses([address], allowed)).toHaveLength(1)
      for (const address of refused)
        expect(() => checkedAddresses([address], allowed)).toThrow(
          expect.objectContaining({ code: 'endpoint_forbidden' }),
        )
    },
  )

  it.each([
    'https://127.0.0.1/in',
    'https://127.1/in',
    'https://2130706433/in',
    'https://0x7f000001/in',
    'https://[::1]/in',
    'https://[::ffff:169.254.169.254]/latest',
    'https://169.254.169.254/latest',
    'https://localhost/in',
    'http://hooks.example/in',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'ftp://hooks.example/in',
    'data:text/plain,x',
    '//hooks.example/in',
    'hooks.example',
    '',
    'https://user@hooks.example/in',
    'https://user:password@hooks.example/in',
    'https://hooks.example/in\r\nx-more: 1',
    'https://hooks.example/\tin',
    ' https://hooks.example/in',
  ])('F187 is refused for good as %j', async (url) => {
    expect(await failureOf(post(url, {}))).toMatchObject({ code: 'endpoint_forbidden', permanent: true })
  })
})
