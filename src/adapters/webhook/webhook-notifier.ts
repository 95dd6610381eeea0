import type { TenantId } from '../../core/ids/ids.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Notification, Notifier } from '../../core/ports/notifier.js'
import type { Secret, SecretSource } from '../../core/ports/secret-source.js'
import { epochOf } from '../../core/time/instant.js'
import { systemClock } from '../system/system-clock.js'
import { responseFailure } from './response-failure.js'
import { sendOverHttps } from './send-over-https.js'
import type { SendWebhook } from './send-webhook.js'
import { thinData, webhookBody } from './webhook-body.js'
import { WebhookFailed } from './webhook-failed.js'
import { secretForm, webhookKey } from './webhook-key.js'
import { webhookIdForm, webhookSignature } from './webhook-signature.js'

export interface WebhookEndpoint {
  /** `https` only, without a user or a password in it. */
  readonly url: string
  /** The key id under which the source of secrets has the endpoint's own secret. */
  readonly secret: string
  /** That of the secret before it, as long as the receiver may still check with that one. */
  readonly previousSecret?: string
}

export interface WebhookOptions {
  /** Where messages of a tenant and channel go; `undefined` parks the message as `no_endpoint`. */
  readonly endpointOf: (
    message: Pick<Notification, 'tenant' | 'channel' | 'topic'>,
  ) => WebhookEndpoint | undefined | Promise<WebhookEndpoint | undefined>
  /** Asked for the purpose `webhook`, at every delivery. A secret is `whsec_` and the base64 of 24 to 64 random bytes. */
  readonly secrets: SecretSource
  /** `sendOverHttps()` by default. One of the host's own answers for where it connects to. */
  readonly send?: SendWebhook
  /** What `data` holds instead of ids and version. The whole body is at most 20,000 bytes. */
  readonly dataOf?: (notification: Notification) => Readonly<Record<string, unknown>>
  readonly clock?: Pick<Clock, 'now'>
}

/**
 * Delivers messages as webhooks of the Standard Webhooks scheme. Every attempt of one message has the same `webhook-id`, so that a receiver can drop
 * what it has had. A status of 2xx is a delivery; one of 4xx refuses for good, but for 408, 425 and 429; everything else is tried again.
 *
 * @example
 * createOrderManagement({
 *   …,
 *   notifiers: {
 *     warehouse: webhookNotifier({
 *       endpointOf: () => ({ url: 'https://warehouse.example/hooks', secret: 'warehouse-2' }),
 *       secrets: { get: async (_tenant, _purpose, keyId) => secretOf(await vault.read(keyId)) },
 *     }),
 *   },
 * })
 */
export const webhookNotifier = (options: WebhookOptions): Notifier => {
  const { endpointOf, secrets, send = sendOverHttps(), dataOf = thinData, clock = systemClock() } = options
  return {
    deliver: async (notification) => {
      const { id, tenant, channel, topic } = notification
      if (!webhookIdForm.test(id))
        throw new WebhookFailed('id_unusable', 'the id of a webhook is printable and has no dot', true)
      const endpoint = await endpointOf({ tenant, channel, topic })
      if (endpoint === undefined)
        throw new WebhookFailed('no_endpoint', 'the channel has no endpoint for this tenant', true)
      const keys = await keysOf(endpoint, secrets, tenant)
      const body = webhookBody(notification, dataOf(notification))
      const timestamp = String(Math.floor(epochOf(clock.now()) / 1_000))
      const response = await send({
        url: endpoint.url,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'orderwright',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': keys.map((key) => webhookSignature(key, { id, timestamp, body })).join(' '),
        },
        body,
      })
      const failure = responseFailure(response, epochOf(clock.now()))
      if (failure !== undefined) throw failure
    },
  }
}

/** The key of the current secret first. A previous secret that is no longer kept is not missed. */
const keysOf = async (
  { secret, previousSecret }: WebhookEndpoint,
  secrets: SecretSource,
  tenant: TenantId,
): Promise<readonly Buffer[]> => {
  const current = await secrets.get(tenant, purpose, secret)
  if (current === undefined)
    throw new WebhookFailed('secret_unknown', 'the source of secrets has none for this endpoint', true)
  const previous =
    previousSecret === undefined ? undefined : await secrets.get(tenant, purpose, previousSecret)
  return (previous === undefined ? [current] : [current, previous]).map(usableKey)
}

const purpose = 'webhook'

const usableKey = (secret: Secret): Buffer => {
  const key = webhookKey(secret)
  if (key === undefined)
    throw new WebhookFailed('secret_unusable', `a webhook's secret is ${secretForm}`, true)
  return key
}
