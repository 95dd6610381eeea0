import { lookup } from 'node:dns/promises'
import { request, type RequestOptions } from 'node:https'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import { ConfigurationError } from '../../core/ports/errors.js'
import type { Milliseconds } from '../../core/time/instant.js'
import { checkedAddresses, networksOf, type CheckedAddresses } from './checked-addresses.js'
import { endpointUrl } from './endpoint-url.js'
import type { SendWebhook, WebhookRequest, WebhookResponse } from './send-webhook.js'
import { WebhookFailed } from './webhook-failed.js'

export interface HttpsOptions {
  /** For one delivery, from the look-up of the name to the end of the answer, in milliseconds; 15 seconds by default. Less than the relay's lease. */
  readonly timeout?: Milliseconds
  /** Networks that may be reached although they are not public, such as `10.4.0.0/16`; none by default. */
  readonly allowedNetworks?: readonly string[]
  /** Certificates, as PEM, that are trusted instead of those that come with Node: for receivers within your own network. */
  readonly certificateAuthorities?: string
  /** The addresses of a host's name; asked once for each delivery. The system's by default. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

/**
 * Posts webhooks over `https`. The name of the host is resolved once, every address is checked, and the connection goes to one of the checked
 * addresses, so a name that changes its mind in between leads nowhere else. No redirect is followed, no proxy is used, and of an answer only the
 * status counts: what is longer than 64 kB is cut off.
 */
export const sendOverHttps = (options: HttpsOptions = {}): SendWebhook => {
  const { timeout = 15_000, allowedNetworks = [], certificateAuthorities, resolve = addressesOf } = options
  if (!Number.isSafeInteger(timeout) || timeout < 1)
    throw new ConfigurationError('`timeout` is a whole number of milliseconds, 1 or more')
  const allowed = networksOf(allowedNetworks)
  return async (webhook) => {
    const url = endpointUrl(webhook.url)
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    return within(timeout, async (signal) => {
      const addresses = checkedAddresses(isIP(host) === 0 ? await resolve(host) : [host], allowed)
      signal.throwIfAborted()
      return post(url, webhook, {
        lookup: pinnedTo(addresses),
        signal,
        ...(certificateAuthorities !== undefined && { ca: certificateAuthorities }),
      })
    })
  }
}

const addressesOf = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/** Rejects when the time is over, and has `work` cut off; whatever else goes wrong is told by its code alone. */
const within = <Value>(
  timeout: Milliseconds,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> => {
  const cut = new AbortController()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new WebhookFailed('endpoint_timeout', `the endpoint gave no whole answer within ${timeout} ms`))
      cut.abort()
    }, timeout)
    work(cut.signal)
      .then(resolve, (error: unknown) => {
        reject(error instanceof WebhookFailed ? error : unreachable(error))
      })
      .finally(() => {
        clearTimeout(timer)
      })
  })
}

const unreachable = (error: unknown): WebhookFailed => {
  const { code } = error as { readonly code?: unknown }
  return new WebhookFailed(
    typeof code === 'string' ? code : 'endpoint_unreachable',
    'the endpoint could not be reached',
  )
}

/** Stands in for the look-up of the connection: there is no second one that could answer otherwise. The name stays for the certificate. */
const pinnedTo =
  (addresses: CheckedAddresses): LookupFunction =>
  (_host, { all }, answer) => {
    if (all === true) answer(null, [...addresses])
    else answer(null, addresses[0].address, addresses[0].family)
  }

const mostBytes = 65_536

const post = async (
  url: URL,
  { headers, body }: WebhookRequest,
  options: RequestOptions,
): Promise<WebhookResponse> => {
  // `agent: false`: a connection of its own, which no later delivery finds open, and past any proxy of the process.
  const sent = request(url, { ...options, method: 'POST', headers, agent: false, rejectUnauthorized: true })
  const response = responseTo(sent)
  sent.end(body)
  const { statusCode = 0, headers: received } = await readToEnd(await response)
  const retryAfter = received['retry-after']
  return { status: statusCode, ...(retryAfter !== undefined && { retryAfter }) }
}

const responseTo = (sent: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.on('response', resolve)
    sent.on('error', reject)
  })

/** Reads the answer and keeps nothing of it. */
const readToEnd = async (response: IncomingMessage): Promise<IncomingMessage> => {
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > mostBytes) break
  }
  return response
}
