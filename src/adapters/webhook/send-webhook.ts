/** A signed request, whole: it is sent as a POST and as it is. */
export interface WebhookRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface WebhookResponse {
  readonly status: number
  /** The header `Retry-After`, as it came. */
  readonly retryAfter?: string
}

/**
 * Posts one webhook and answers with the status of the response, whichever it is. Follows no redirect. Rejects where there was no answer; that
 * is tried again, unless the error has `permanent: true`.
 */
export type SendWebhook = (request: WebhookRequest) => Promise<WebhookResponse>
