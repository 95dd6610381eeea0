import { WebhookFailed } from './webhook-failed.js'

/** `https` and nothing secret in it. A blank or a line break, which the parser would pass over, is somebody's trick. */
export const endpointUrl = (text: string): URL => {
  const url = URL.canParse(text) && !/[\s\p{Cc}]/u.test(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:') throw endpointForbidden('its URL is not one of https')
  if (url.username !== '' || url.password !== '')
    throw endpointForbidden('its URL holds a user or a password')
  return url
}

export const endpointForbidden = (why: string): WebhookFailed =>
  new WebhookFailed('endpoint_forbidden', `nothing is sent to the endpoint: ${why}`, true)
