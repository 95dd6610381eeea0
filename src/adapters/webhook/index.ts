// `orderwright/webhook`: messages as signed webhooks to other systems, and the check of such as come in.

export { webhookNotifier } from './webhook-notifier.js'
export type { WebhookEndpoint, WebhookOptions } from './webhook-notifier.js'
export { sendOverHttps } from './send-over-https.js'
export type { HttpsOptions } from './send-over-https.js'
export type { SendWebhook, WebhookRequest, WebhookResponse } from './send-webhook.js'
export { thinData } from './webhook-body.js'
export { verifyWebhook } from './verify-webhook.js'
export type {
  ReceivedWebhook,
  VerifiedWebhook,
  WebhookHeaders,
  WebhookRefusal,
  WebhookRefusalReason,
} from './verify-webhook.js'
export { secretOf } from '../../core/ports/secret-source.js'
export type { Secret, SecretSource } from '../../core/ports/secret-source.js'
