import { setTimeout as pause } from 'node:timers/promises'
import type { Answer } from '../../../src/app/answer.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { isDecided, type JournalLine } from './journal.js'

export interface Trading {
  readonly oms: OrderManagementFor
  readonly callers: number
  readonly say: (line: JournalLine) => void
  readonly running: () => boolean
}

/** What one tenant starts with, and no round sells out. */
export const startingStock = 1_000_000

export const skus = ['MUG', 'CUP'] as const

type Sends = (input: never, options: { readonly idempotencyKey: string }) => Promise<Answer<unknown>>

/** A command by its name, as `orders.place`. */
export const commandOf = (oms: OrderManagementFor, name: string): Sends => {
  const [group = '', command = ''] = name.split('.')
  const groups = oms as unknown as Readonly<Record<string, Readonly<Record<string, Sends>>>>
  const found = groups[group]?.[command]
  if (found === undefined) throw new Error(`there is no command ${name}`)
  return found
}

/**
 * Takes orders from placement to payment, several at a time, each step under a key of its own that is told before it is used. What is undecided is
 * asked again under the same key, as a host does.
 */
export const keepTrading = async ({ oms, callers, say, running }: Trading): Promise<void> => {
  const ask = async (
    key: string,
    command: string,
    input: unknown,
  ): Promise<Readonly<Record<string, unknown>>> => {
    say({ asked: key, command, input })
    for (;;) {
      const answer = await commandOf(oms, command)(input as never, { idempotencyKey: key })
      if (isDecided(answer)) {
        say({ answered: key, answer })
        // Nothing here is ever refused; where it is, whoever judges will say so.
        if (!answer.ok) throw stopped
        return answer.value as Readonly<Record<string, unknown>>
      }
      if (!answer.ok) say({ trouble: answer.error.code })
      if (!running()) throw stopped
      await pause(15)
    }
  }

  const serve = async (caller: number): Promise<void> => {
    for (let turn = 0; running(); turn += 1) {
      const key = (step: string): string => `${caller}/${turn}/${step}`
      const quantity = 1 + (turn % 3)
      const { order } = await ask(key('place'), 'orders.place', {
        channel: 'web',
        currency: 'EUR',
        reference: `${caller}/${turn}`,
        lines: skus.map((sku) => ({ sku, quantity })),
      })
      await ask(key('confirm'), 'orders.confirm', { order })
      // Some orders are left open and some are canceled, so that stock stays reserved and comes back.
      if (turn % 4 === 3) continue
      if (turn % 4 === 2) {
        await ask(key('cancel'), 'orders.cancel', { order, reason: 'changed-mind' })
        continue
      }
      const planned = await ask(key('plan'), 'fulfillments.plan', { order })
      const [first] = planned['fulfillments'] as readonly { readonly fulfillment: string }[]
      const { shipment } = await ask(key('pack'), 'fulfillments.pack', { fulfillment: first?.fulfillment })
      const shipped = await ask(key('ship'), 'shipments.ship', { shipment, carrier: 'Parcel Post' })
      await ask(key('pay'), 'payments.record', {
        amount: shipped['total'],
        method: 'card',
        invoices: [{ invoice: shipped['invoice'] }],
      })
    }
  }

  try {
    for (const sku of skus) {
      await ask(`define ${sku}`, 'catalog.define', {
        sku,
        name: `A ${sku}`,
        price: { amount: '9.99', currency: 'EUR' },
      })
      await ask(`stock ${sku}`, 'inventory.receive', { sku, quantity: startingStock })
    }
    await Promise.all(Array.from({ length: callers }, (_, caller) => serve(caller)))
  } catch (error) {
    if (error !== stopped) throw error
  }
}

const stopped = new Error('there is no going on with this order')
