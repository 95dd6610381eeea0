import { generateKeyPairSync, sign } from 'node:crypto'

export interface Certificate {
  readonly key: string
  /** PEM, signed by its own key. */
  readonly cert: string
}

/** A certificate for `name` and 127.0.0.1, made on the spot: X.509 v3 (RFC 5280) over ECDSA with P-256, written in DER by hand. */
export const selfSigned = (name: string): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const person = sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from(name)))))
  const names = sequence(element(0x82, Buffer.from(name)), element(0x87, Buffer.from([127, 0, 0, 1])))
  const content = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    person,
    sequence(element(0x17, Buffer.from('200101000000Z')), element(0x18, Buffer.from('20991231235959Z'))),
    person,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(sequence(subjectAltName, element(0x04, names)))),
  )
  const signature = element(0x03, Buffer.from([0]), sign('sha256', content, privateKey))
  const whole = sequence(content, ecdsaWithSha256, signature)
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

const element = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const bytes = Buffer.concat(content)
  const { length } = bytes
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), bytes])
}

const sequence = (...content: readonly Buffer[]): Buffer => element(0x30, ...content)
const objectId = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'))

/** 2.5.4.3 */
const commonName = objectId('550403')
/** 2.5.29.17 */
const subjectAltName = objectId('551d11')
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
