import type { TenantId } from '../ids/ids.js'

/** A secret in passing. However it is printed, it reads `[secret]`; `reveal` alone tells it. */
export interface Secret {
  reveal(): string
  toString(): string
  toJSON(): string
}

const covered = (): string => '[secret]'

export const secretOf = (text: string): Secret =>
  Object.freeze({
    reveal: () => text,
    toString: covered,
    toJSON: covered,
    [Symbol.for('nodejs.util.inspect.custom')]: covered,
  })

/**
 * Where the host keeps its secrets; nothing of them is stored here. Answers `undefined` where there is no such secret, and rejects where it
 * cannot say.
 */
export interface SecretSource {
  /** `purpose` says what the secret is for, such as `webhook`; `keyId` which of them it is. */
  get(tenant: TenantId, purpose: string, keyId: string): Promise<Secret | undefined>
}
