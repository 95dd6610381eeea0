import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { secretOf } from 'orderwright/webhook'

const secret = secretOf('canary 7f3a')

describe('a secret', () => {
  it('SE7 F187 tells itself to who asks for it by name', () => {
    expect(secret.reveal()).toBe('canary 7f3a')
  })

  it.each([
    ['a text', String(secret)],
    ['a template', `${secret.toString()} ${secret as unknown as string}`],
    ['JSON', JSON.stringify({ secret, list: [secret] })],
    ['an inspection', inspect({ secret, list: [secret] }, { showHidden: true, depth: 9 })],
    ['a log line', format('%s %o %O %j', secret, secret, secret, secret)],
    ['an error', String(new Error(`no ${secret as unknown as string}`, { cause: secret }))],
  ])('SE7 F187 reads [secret] in %s', (_where, printed) => {
    expect(printed).toMatch(/\[secret\]|"\[secret\]"/)
    expect(printed).not.toContain('canary')
  })

  it('SE7 F187 holds its text in no field, however it is looked into', () => {
    expect(inspect(secret, { customInspect: false, showHidden: true, depth: 9 })).not.toContain('canary')
    expect(JSON.stringify(Object.entries(secret))).not.toContain('canary')
    expect(Object.isFrozen(secret)).toBe(true)
  })
})
