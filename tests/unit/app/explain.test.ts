import { describe, expect, it } from 'vitest'
import type { Answer, Explanation, OrderManagementFor } from 'orderwright'
import { commands } from '../../../src/app/commands.js'
import { freshKey, openDesk, stockMugs, type Desk } from '../../support/desk.js'

interface World extends Desk {
  order?: string
  hold?: string
  fulfillment?: string
  shipment?: string
  invoice?: string
  payment?: string
  reservation?: string
}

type Step = (world: World) => Promise<void>

const mugs = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 2 }] }
const eur = (amount: string) => ({ amount, currency: 'EUR' })
const named = (id: string | undefined): string => id ?? 'not-there-yet'

const steps = {
  capture: async (world) => {
    world.order = (await world.clerk.orThrow.orders.capture(mugs, freshKey())).order
  },
  captureOnPrepayment: async (world) => {
    const payment = { method: 'card', terms: 'prepaid' } as const
    world.order = (await world.clerk.orThrow.orders.capture({ ...mugs, payment }, freshKey())).order
  },
  place: async (world) => {
    await world.clerk.orThrow.orders.placeDraft({ order: named(world.order) })
  },
  confirm: async (world) => {
    await world.clerk.orThrow.orders.confirm({ order: named(world.order) })
  },
  hold: async (world) => {
    await world.clerk.orThrow.orders.hold({ order: named(world.order), reason: 'fraud_risk' }, freshKey())
    world.hold = (await world.clerk.orThrow.orders.get({ order: named(world.order) })).holds[0]?.id ?? 'none'
  },
  cancel: async (world) => {
    await world.clerk.orThrow.orders.cancel({ order: named(world.order), reason: 'changed_mind' }, freshKey())
  },
  plan: async (world) => {
    const { fulfillments } = await world.clerk.orThrow.fulfillments.plan({ order: named(world.order) })
    world.fulfillment = named(fulfillments[0]?.fulfillment)
  },
  pick: async (world) => {
    await world.clerk.orThrow.fulfillments.pick({ fulfillment: named(world.fulfillment) })
  },
  pack: async (world) => {
    world.shipment = (
      await world.clerk.orThrow.fulfillments.pack({ fulfillment: named(world.fulfillment) })
    ).shipment
  },
  ship: async (world) => {
    const { invoice } = await world.clerk.orThrow.shipments.ship({
      shipment: named(world.shipment),
      carrier: 'Parcel Post',
    })
    world.invoice = named(invoice)
  },
  lose: async (world) => {
    await world.clerk.orThrow.shipments.reportLost({ shipment: named(world.shipment), reason: 'gone' })
  },
  deliver: async (world) => {
    await world.clerk.orThrow.shipments.deliver({ shipment: named(world.shipment) })
  },
  record: async (world) => {
    world.payment = (
      await world.clerk.orThrow.payments.record({ amount: eur('25.00'), method: 'card' }, freshKey())
    ).payment
  },
  apply: async (world) => {
    const invoices = [{ invoice: named(world.invoice), amount: eur('25.00') }]
    await world.clerk.orThrow.payments.apply({ payment: named(world.payment), invoices }, freshKey())
  },
  credit: async (world) => {
    await world.clerk.orThrow.invoices.credit(
      { invoice: named(world.invoice), reason: 'damaged' },
      freshKey(),
    )
  },
  refund: async (world) => {
    const payment = named(world.payment)
    await world.clerk.orThrow.payments.refund(
      { payment, amount: eur('25.00'), reason: 'damaged' },
      freshKey(),
    )
  },
  holdStock: async (world) => {
    const lines = [{ sku: 'MUG', quantity: 2 }]
    world.reservation = (
      await world.clerk.orThrow.inventory.hold({ owner: 'cart-1', lines, seconds: 60 }, freshKey())
    ).reservation
  },
  wait: async (world) => {
    world.clock.advance(60_000)
  },
  releaseStock: async (world) => {
    await world.clerk.orThrow.inventory.releaseHold({
      reservation: named(world.reservation),
      owner: 'cart-1',
    })
  },
} satisfies Readonly<Record<string, Step>>

type StepName = keyof typeof steps

const tries: Readonly<Record<string, (oms: OrderManagementFor, world: World) => Promise<Answer<unknown>>>> = {
  'orders.changeDraft': (oms, { order }) => oms.orders.changeDraft({ order: named(order), ...mugs }),
  'orders.placeDraft': (oms, { order }) => oms.orders.placeDraft({ order: named(order) }),
  'orders.confirm': (oms, { order }) => oms.orders.confirm({ order: named(order) }),
  'orders.accept': (oms, { order }) => oms.orders.accept({ order: named(order) }, freshKey()),
  'orders.cancel': (oms, { order }) => oms.orders.cancel({ order: named(order), reason: 'x' }, freshKey()),
  'orders.hold': (oms, { order }) => oms.orders.hold({ order: named(order), reason: 'other' }, freshKey()),
  'orders.releaseHold': (oms, { order, hold }) =>
    oms.orders.releaseHold({ order: named(order), hold: hold ?? 'none' }),
  'fulfillments.plan': (oms, { order }) => oms.fulfillments.plan({ order: named(order) }),
  'fulfillments.pick': (oms, { fulfillment }) => oms.fulfillments.pick({ fulfillment: named(fulfillment) }),
  'fulfillments.pack': (oms, { fulfillment }) => oms.fulfillments.pack({ fulfillment: named(fulfillment) }),
  'fulfillments.cancel': (oms, { fulfillment }) =>
    oms.fulfillments.cancel({ fulfillment: named(fulfillment), reason: 'x' }),
  'shipments.ship': (oms, { shipment }) => oms.shipments.ship({ shipment: named(shipment), carrier: 'PP' }),
  'shipments.deliver': (oms, { shipment }) => oms.shipments.deliver({ shipment: named(shipment) }),
  'shipments.reportLost': (oms, { shipment }) =>
    oms.shipments.reportLost({ shipment: named(shipment), reason: 'x' }),
  'shipments.reportFound': (oms, { shipment }) => oms.shipments.reportFound({ shipment: named(shipment) }),
  'shipments.giveUp': (oms, { shipment }) => oms.shipments.giveUp({ shipment: named(shipment) }),
  'invoices.writeOff': (oms, { invoice }) =>
    oms.invoices.writeOff({ invoice: named(invoice), kind: 'write_off', reason: 'x' }, freshKey()),
  'invoices.undoWriteOff': (oms, { invoice }) =>
    oms.invoices.undoWriteOff({ invoice: named(invoice), difference: 'none', reason: 'x' }),
  'invoices.recordWithholding': (oms, { invoice }) =>
    oms.invoices.recordWithholding({ invoice: named(invoice), certificate: 'x' }, freshKey()),
  'invoices.claimWithheld': (oms, { invoice }) =>
    oms.invoices.claimWithheld({ invoice: named(invoice), reason: 'x' }),
  'invoices.remind': (oms, { invoice }) => oms.invoices.remind({ invoice: named(invoice) }),
  'invoices.billDeposit': (oms, { order }) =>
    oms.invoices.billDeposit({ order: named(order), deposit: { percent: '1' } }, freshKey()),
  'invoices.debit': (oms, { invoice }) =>
    oms.invoices.debit(
      {
        invoice: named(invoice),
        corrections: [{ line: 'L1', amount: eur('0.01') }],
        reason: 'x',
      },
      freshKey(),
    ),
  'invoices.void': (oms, { invoice }) => oms.invoices.void({ invoice: named(invoice), reason: 'x' }),
  'invoices.credit': (oms, { invoice }) =>
    oms.invoices.credit({ invoice: named(invoice), reason: 'x' }, freshKey()),
  'payments.refund': (oms, { payment }) =>
    oms.payments.refund({ payment: named(payment), amount: eur('0.01'), reason: 'x' }, freshKey()),
  'inventory.extendHold': (oms, { reservation }) =>
    oms.inventory.extendHold({ reservation: named(reservation), owner: 'cart-1', seconds: 90 }),
  'inventory.releaseHold': (oms, { reservation }) =>
    oms.inventory.releaseHold({ reservation: named(reservation), owner: 'cart-1' }),
  'inventory.expireHold': (oms, { reservation }) =>
    oms.inventory.expireHold({ reservation: named(reservation) }),
  'orders.place': (oms, { reservation }) =>
    oms.orders.place({ ...mugs, held: { reservation: named(reservation), owner: 'cart-1' } }, freshKey()),
}

/** The same story from the beginning, for every command that is tried at its end. */
const tell = async (story: readonly StepName[]): Promise<World> => {
  const world: World = openDesk()
  await stockMugs(world.clerk)
  for (const name of story) await steps[name](world)
  return world
}

const explained = (world: World, kind: Explanation['kind']): Promise<Explanation> => {
  const ids: Readonly<Record<string, string | undefined>> = { ...world } as never
  return world.clerk.orThrow.explain({ kind: kind as 'order', id: named(ids[kind]) })
}

const stories: readonly (readonly [kind: string, story: readonly StepName[]])[] = [
  ['order', ['capture']],
  ['order', ['capture', 'hold']],
  ['order', ['capture', 'place']],
  ['order', ['capture', 'place', 'hold']],
  ['order', ['capture', 'place', 'confirm']],
  ['order', ['captureOnPrepayment', 'place', 'confirm']],
  ['order', ['capture', 'place', 'confirm', 'hold']],
  ['order', ['capture', 'place', 'confirm', 'plan']],
  ['order', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship']],
  ['order', ['capture', 'place', 'cancel']],
  ['fulfillment', ['capture', 'place', 'confirm', 'plan']],
  ['fulfillment', ['capture', 'place', 'confirm', 'plan', 'pick']],
  ['fulfillment', ['capture', 'place', 'confirm', 'plan', 'pack']],
  ['fulfillment', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship']],
  ['shipment', ['capture', 'place', 'confirm', 'plan', 'pack']],
  ['shipment', ['capture', 'place', 'confirm', 'plan', 'pack', 'hold']],
  ['shipment', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship']],
  ['shipment', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship', 'lose']],
  ['shipment', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship', 'deliver']],
  ['invoice', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship']],
  ['invoice', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship', 'credit']],
  ['payment', ['record']],
  ['payment', ['record', 'refund']],
  ['payment', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship', 'record', 'apply']],
  ['payment', ['capture', 'place', 'confirm', 'plan', 'pack', 'ship', 'record', 'apply', 'credit']],
  ['reservation', ['holdStock']],
  ['reservation', ['holdStock', 'wait']],
  ['reservation', ['holdStock', 'releaseStock']],
]

describe('explain', () => {
  it.each(stories)(
    'F12 tells of the %s after %j exactly what will be done and what will be refused',
    async (kind, story) => {
      const { allowed, blocked } = await explained(await tell(story), kind)
      const known = [...allowed, ...blocked.map(({ command }) => command)]
      expect(known.length).toBeGreaterThan(1)
      for (const command of known) {
        const attempt = tries[command]
        // Which invoice a payment would be applied to is the caller's choice.
        if (command === 'payments.apply') continue
        if (attempt === undefined) throw new Error(`nobody tries ${command}`)
        const world = await tell(story)
        const answer = await attempt(world.clerk, world)
        const reasons = blocked.find((one) => one.command === command)?.because
        if (reasons === undefined) expect([command, answer]).toMatchObject([command, { ok: true }])
        else {
          expect([command, answer]).toMatchObject([command, { ok: false }])
          expect([command, reasons[0]?.code]).toEqual([command, answer.ok ? 'done' : answer.error.code])
        }
      }
    },
  )

  it('F12 says what unblocks a command, and it does', async () => {
    const story: readonly StepName[] = ['captureOnPrepayment', 'place', 'confirm', 'hold']
    const world = await tell(story)
    const { blocked, status } = await explained(world, 'order')
    expect(status).toBe('confirmed')
    const plan = blocked.find(({ command }) => command === 'fulfillments.plan')
    expect(plan?.because).toMatchObject([
      { code: 'order_on_hold', unblockedBy: ['orders.releaseHold'] },
      {
        code: 'payment_due',
        details: { owed: eur('25.00'), received: eur('0.00') },
        unblockedBy: ['payments.record'],
      },
    ])
    const order = named(world.order)
    await world.clerk.orThrow.orders.releaseHold({ order, hold: named(world.hold) })
    await world.clerk.orThrow.payments.record({ amount: eur('25.00'), method: 'card', order }, freshKey())
    expect((await explained(world, 'order')).allowed).toContain('fulfillments.plan')
  })

  it('names only commands that there are', async () => {
    const every = Object.values(commands).flatMap((group) =>
      Object.values<{ readonly name: string }>(group).map(({ name }) => name),
    )
    for (const [kind, story] of stories) {
      const { allowed, blocked } = await explained(await tell(story), kind)
      const unblocking = blocked.flatMap(({ because }) => because.flatMap(({ unblockedBy }) => unblockedBy))
      for (const name of [...allowed, ...blocked.map(({ command }) => command), ...unblocking]) {
        if (!name.startsWith('the time ')) expect(every).toContain(name)
      }
    }
  })

  it('SE3 answers the unknown_ code of the kind for a record that is not there', async () => {
    const { clerk } = openDesk()
    const code = async (kind: 'order' | 'shipment' | 'bank_entry') => {
      const answer = await clerk.explain({ kind, id: 'nothing' })
      return answer.ok ? 'ok' : answer.error.code
    }
    expect(await code('order')).toBe('unknown_order')
    expect(await code('shipment')).toBe('unknown_shipment')
    expect(await code('bank_entry')).toBe('unknown_bank_entry')
    expect(await clerk.explain({ kind: 'customer', id: 'x' } as never)).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path: ['kind'], rule: 'choice' }] },
    })
  })
})
