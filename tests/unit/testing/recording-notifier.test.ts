import { describe, expect, it } from 'vitest'
import { recordingNotifier } from 'orderwright/testing'
import type { TenantId } from '../../../src/core/ids/ids.js'
import type { Notification } from '../../../src/core/ports/notifier.js'
import type { Instant } from '../../../src/core/time/instant.js'

const notification = (id: string): Notification => ({
  id,
  tenant: 'main' as TenantId,
  topic: 'order_shipped',
  channel: 'email',
  about: { kind: 'order', id: 'order 1' },
  version: 1,
  recipient: { role: 'customer', email: 'ada@example.com' },
  content: {},
  createdAt: '2026-03-01T09:00:00.000Z' as Instant,
  attempt: 1,
})

describe('a recording notifier', () => {
  it('remembers what it delivered, in order', async () => {
    const notifier = recordingNotifier()
    await notifier.deliver(notification('a'))
    await notifier.deliver(notification('b'))
    expect(notifier.delivered.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('fails as often as it is told, with the error it is given, and remembers the attempts', async () => {
    const notifier = recordingNotifier()
    notifier.failNext(1)
    notifier.failNext(1, Object.assign(new Error('no such address'), { permanent: true }))
    await expect(notifier.deliver(notification('a'))).rejects.toThrow('the channel is down')
    await expect(notifier.deliver(notification('a'))).rejects.toMatchObject({ permanent: true })
    await notifier.deliver(notification('a'))
    expect(notifier.attempted).toHaveLength(3)
    expect(notifier.delivered).toHaveLength(1)
  })
})
