import { deepStrictEqual, ok } from 'node:assert/strict'
import { singleTenant } from '../../core/ids/ids.js'
import type { Notification, Notifier } from '../../core/ports/notifier.js'
import type { Instant } from '../../core/time/instant.js'
import type { PortCase } from './port-case.js'

/** A notifier over a channel that a test can look into. */
export interface OpenedNotifier {
  readonly notifier: Notifier
  /** The ids of what has arrived, one for each arrival. */
  readonly arrived: () => readonly string[] | Promise<readonly string[]>
  /** Makes the channel refuse the next delivery: for now, or for good as a mail server does an address that is none. */
  readonly refuseNext?: (how: 'for now' | 'for good') => void | Promise<void>
}

export type OpenNotifier = () => OpenedNotifier | Promise<OpenedNotifier>

/**
 * The promises of `Notifier`. What a channel refuses is asked where `refuseNext` is given.
 *
 * @example
 * for (const { name, run } of notifierConformance) test(name, () => run(openMyNotifier))
 */
export const notifierConformance: readonly PortCase<OpenNotifier>[] = [
  {
    name: 'resolves when the message has arrived, not before',
    why: 'What was reported as delivered is never sent again.',
    run: async (open) => {
      const { notifier, arrived } = await open()
      await notifier.deliver(notification(1))
      deepStrictEqual(await arrived(), [notification(1).id])
    },
  },
  {
    name: 'delivers each of many messages that come at once',
    why: 'A relay sends a whole claim together.',
    run: async (open) => {
      const { notifier, arrived } = await open()
      const many = Array.from({ length: 50 }, (_, index) => notification(index))
      await Promise.all(many.map((one) => notifier.deliver(one)))
      deepStrictEqual(
        (await arrived()).toSorted(),
        many.map((one) => one.id),
      )
    },
  },
  {
    name: 'takes recipients without a name, an address or a telephone, and says so by rejecting, never by throwing',
    why: 'A customer without an address parks one message and must not stop the relay.',
    run: async (open) => {
      const { notifier, arrived } = await open()
      const delivering = notifier.deliver({ ...notification(1), recipient: { role: 'customer' } })
      const outcome = await delivering.then(
        () => 'delivered',
        (error: unknown) => error,
      )
      if (outcome === 'delivered') deepStrictEqual(await arrived(), [notification(1).id])
      else {
        ok(outcome instanceof Error, 'it rejects with an error')
        deepStrictEqual(await arrived(), [])
      }
    },
  },
  {
    name: 'rejects when the channel refuses, and delivers the same message when it is tried again',
    why: 'A failure that is swallowed is mail that nobody sends again.',
    run: async (open) => {
      const { notifier, arrived, refuseNext } = await open()
      if (refuseNext === undefined) return
      await refuseNext('for now')
      const failure = await failureOf(notifier, notification(1))
      ok(failure instanceof Error, 'it rejects with an error')
      ok(!isPermanent(failure), 'a channel that is down for now is no reason to park the message')
      deepStrictEqual(await arrived(), [])
      await notifier.deliver({ ...notification(1), attempt: 2 })
      deepStrictEqual(await arrived(), [notification(1).id])
    },
  },
  {
    name: 'marks with permanent: true what will never be delivered',
    why: 'Trying an address that is none for days delays the moment somebody mends it.',
    run: async (open) => {
      const { notifier, arrived, refuseNext } = await open()
      if (refuseNext === undefined) return
      await refuseNext('for good')
      ok(isPermanent(await failureOf(notifier, notification(1))), 'the error is permanent')
      deepStrictEqual(await arrived(), [])
    },
  },
]

const notification = (number: number): Notification =>
  Object.freeze({
    id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    tenant: singleTenant,
    topic: 'order_confirmed',
    channel: 'email',
    about: Object.freeze({ kind: 'order', id: `10${number}` }),
    version: 2,
    recipient: Object.freeze({
      role: 'customer',
      name: 'Łucja Ó',
      email: 'lucja@example.com',
      phone: '+48123456789',
    }),
    content: Object.freeze({ order: `10${number}`, lines: Object.freeze([]) }),
    createdAt: '2026-03-01T09:00:00.000Z' as Instant,
    attempt: 1,
  })

const failureOf = (notifier: Notifier, message: Notification): Promise<unknown> =>
  notifier.deliver(message).then(
    () => undefined,
    (error: unknown) => error,
  )

const isPermanent = (failure: unknown): boolean =>
  (failure as { readonly permanent?: unknown } | undefined)?.permanent === true
