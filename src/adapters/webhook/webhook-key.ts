import type { Secret } from '../../core/ports/secret-source.js'

const form = /^whsec_([A-Za-z0-9+/]+={0,2})$/
const fewestBytes = 24
const mostBytes = 64

export const secretForm = '`whsec_` and the base64 of 24 to 64 random bytes'

/** The bytes to sign with, or `undefined` where the secret is not of that form. */
export const webhookKey = (secret: Secret): Buffer | undefined => {
  const [, encoded = ''] = form.exec(secret.reveal()) ?? []
  const key = Buffer.from(encoded, 'base64')
  const isWhole = key.toString('base64') === encoded
  return isWhole && key.length >= fewestBytes && key.length <= mostBytes ? key : undefined
}
