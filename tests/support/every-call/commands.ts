import type { CommandInput } from 'orderwright'
import type { Commands } from '../../../src/app/commands.js'
import { freshKey } from '../desk.js'
import { plantDrift } from '../plant-drift.js'
import { address, content, statementOf } from './sales.js'
import { euros, hours } from './shelves.js'
import type { World } from './world.js'

/** For each command there is, an input that it accepts in the world. A command without one does not compile. */
type CommandCases = {
  readonly [Group in keyof Commands]: {
    readonly [Name in keyof Commands[Group]]: (
      world: World,
    ) => CommandInput<Group, Name> | Promise<CommandInput<Group, Name>>
  }
}

const mug = { sku: 'MUG' } as const
const exempt = {
  category: 'E' as const,
  components: [{ name: 'VAT', percent: '0' }],
  exemption: 'small business',
}
const discount = { kind: 'discount', amount: euros('1.00'), reason: 'goodwill' } as const
const slot = (time: string) => ({ resource: 'chair', startsAt: `2026-03-02T${time}:00Z` })
const day = 86_400
const wait = ({ clock }: World, seconds: number): void => {
  clock.advance(seconds * 1_000)
}

export const commandCases: CommandCases = {
  parties: {
    register: () => ({
      id: 'C-9',
      roles: ['customer'],
      number: 'K 9',
      class: 'wholesale',
      termsName: 'net14',
      name: 'Ada Novak',
      email: 'ada@example.org',
      phone: '+43 1 234567',
      addresses: [
        { id: 'work', address: { ...address, extra: 'Door 2', region: 'Vienna', postalCode: '1010' } },
      ],
    }),
    changeContact: () => ({
      party: 'C-1',
      name: 'Lin Novak',
      email: 'novak@example.org',
      phone: '+43 1 234567',
      addresses: [
        { id: 'work', address: { ...address, extra: 'Door 2', region: 'Vienna', postalCode: '1010' } },
      ],
    }),
    classify: () => ({ party: 'C-1', class: 'wholesale' }),
    agreeTerms: () => ({ party: 'C-1', termsName: 'net14' }),
    declareTaxes: () => ({
      party: 'C-1',
      registrations: [{ country: 'AT', number: 'ATU12345678' }],
      exemptions: [
        {
          certificate: 'X-1',
          country: 'US',
          subdivision: 'US-CA',
          taxes: ['State'],
          category: 'E',
          reason: 'resale',
          from: '2026-01-01',
        },
      ],
      withholdings: [{ name: 'Retencion', percent: '15', on: 'net' }],
    }),
    stopOrders: () => ({ party: 'C-1', orders: 'hold', reason: 'credit' }),
    allowOrders: () => ({ party: 'C-3', reason: 'paid' }),
    erase: () => ({ party: 'C-1' }),
  },
  catalog: {
    define: () => ({
      sku: 'LAMP',
      name: 'Lamp',
      unit: { code: 'C62', digits: 0 },
      price: euros('8.00'),
      substitutes: ['CUP'],
      orderQuantity: { minimum: 1, maximum: 9 },
      taxClass: 'standard',
    }),
    discontinue: () => mug,
  },
  prices: {
    defineList: () => ({
      list: 'trade',
      name: 'Trade',
      currency: 'EUR',
      customerClasses: ['wholesale'],
      channels: ['web'],
      validFrom: '2026-01-01',
      items: [{ sku: 'MUG', tiers: [{ from: 1, price: euros('10.00') }] }],
      withdraw: ['CUP'],
    }),
  },
  promotions: {
    define: () => ({
      promotion: 'SUMMER',
      name: 'Summer',
      benefit: { kind: 'percentage', percent: '10', skus: ['MUG'] },
      customerClasses: ['wholesale'],
      channels: ['web'],
      coupon: 'SUMMER10',
    }),
    end: () => ({ promotion: 'SPRING' }),
  },
  inventory: {
    receive: () => ({ sku: 'SALVE', quantity: 2, document: 'D 1', lots: [{ lot: 'L-2', quantity: 2 }] }),
    adjust: () => ({ ...mug, quantity: -1, reason: 'counted', document: 'D 1' }),
    configure: () => ({
      ...mug,
      lowStock: 3,
      keepBack: {
        channels: [{ channel: 'web', quantity: 1 }],
        customerClasses: [{ customerClass: 'wholesale', quantity: 1 }],
      },
    }),
    quarantine: () => ({ ...mug, quantity: 1, reason: 'damaged', document: 'D 1' }),
    releaseFromQuarantine: () => ({ ...mug, quantity: 1, reason: 'good', document: 'D 1' }),
    scrap: () => ({ ...mug, quantity: 1, reason: 'broken', document: 'D 1' }),
    quarantineExpired: (world) => {
      wait(world, 30 * day)
      return { sku: 'SALVE' }
    },
    expect: () => ({
      id: 'E-9',
      ...mug,
      quantity: 3,
      expectedOn: '2026-04-01',
      vendor: 'V-1',
      document: 'PO 9',
    }),
    changeExpected: ({ expected }) => ({ expected, expectedOn: '2026-04-02' }),
    cancelExpected: ({ expected }) => ({ expected, reason: 'late' }),
    configureReorder: () => ({ ...mug, point: 5, upTo: 20, vendor: 'V-1' }),
    stopReorder: () => ({ sku: 'CUP' }),
    notifyWhenBack: () => ({ sku: 'VASE', party: 'C-2' }),
    tellBackInStock: async ({ clerk }) => {
      // More wait than one commit of a receipt tells.
      for (let number = 0; number < 120; number += 1) {
        const { party } = await clerk.orThrow.parties.register({ roles: ['customer'] }, freshKey())
        await clerk.orThrow.inventory.notifyWhenBack({ sku: 'VASE', party })
      }
      await clerk.orThrow.inventory.receive({ sku: 'VASE', quantity: 9 }, freshKey())
      return { sku: 'VASE' }
    },
    openPreorder: () => ({ sku: 'LATER', limit: 5, until: '2026-12-31', expectedOn: '2027-01-15' }),
    closePreorder: () => ({ sku: 'SOON' }),
    fillBackorders: async ({ clerk }) => {
      // More wait than one commit of a receipt serves.
      await clerk.orThrow.inventory.configure({ sku: 'VASE', backorderAllowance: 101 })
      const one = { channel: 'web', currency: 'EUR', lines: [{ sku: 'VASE', quantity: 1 }] }
      for (let number = 0; number < 101; number += 1) await clerk.orThrow.orders.place(one, freshKey())
      await clerk.orThrow.inventory.receive({ sku: 'VASE', quantity: 101 }, freshKey())
      return { sku: 'VASE' }
    },
    compensate: async ({ storage, tenant }) => {
      await plantDrift<{ reserved: number }>(
        storage,
        'stock',
        'main/MUG',
        (level) => ({ ...level, reserved: level.reserved + 1 }),
        tenant,
      )
      return { ...mug, reason: 'audit' }
    },
    hold: () => ({
      owner: 'cart-9',
      lines: [{ ...mug, quantity: 1, location: 'main' }],
      channel: 'web',
      customer: 'C-1',
      seconds: 600,
    }),
    extendHold: ({ hold }) => ({ reservation: hold, owner: 'cart-1', seconds: 900 }),
    releaseHold: ({ hold }) => ({ reservation: hold, owner: 'cart-1', reason: 'left' }),
    expireHold: (world) => {
      wait(world, 601)
      return { reservation: world.hold }
    },
  },
  transfers: {
    plan: () => ({ from: 'annex', to: 'main', lines: [{ ...mug, quantity: 1 }] }),
    ship: ({ plannedTransfer }) => ({ transfer: plannedTransfer }),
    receive: ({ shippedTransfer }) => ({
      transfer: shippedTransfer,
      lines: [{ line: 'L1', quantity: 1 }],
      missing: 'lost',
    }),
    cancel: ({ plannedTransfer }) => ({ transfer: plannedTransfer, reason: 'not-needed' }),
  },
  counts: {
    open: () => ({ location: 'annex', skus: ['CUP'] }),
    record: ({ openCount }) => ({ count: openCount, lines: [{ sku: 'PLATE', counted: 50 }] }),
    submit: ({ recordedCount }) => ({ count: recordedCount }),
    approve: ({ submittedCount }) => ({ count: submittedCount, reason: 'shrinkage' }),
    reject: ({ submittedCount }) => ({ count: submittedCount, reason: 'again' }),
    cancel: ({ openCount }) => ({ count: openCount, reason: 'late' }),
  },
  locations: {
    define: () => ({ location: 'north', name: 'North', country: 'DE', zone: 'Europe/Berlin' }),
    close: () => ({ location: 'annex' }),
    open: async ({ clerk }) => {
      await clerk.orThrow.locations.close({ location: 'annex' })
      return { location: 'annex' }
    },
  },
  sourcing: {
    define: () => ({
      name: 'close',
      rules: [
        {
          name: 'first',
          strategy: 'lowest_cost',
          filters: [{ by: 'location', locations: ['main'] }],
          schedule: { zone: 'Europe/Berlin', weekdays: [1], from: '08:00', until: '18:00' },
        },
      ],
    }),
  },
  orders: {
    capture: () => ({ ...content, ...everything }),
    place: () => ({ ...content, ...everything }),
    placeDraft: ({ draft }) => ({ order: draft }),
    confirm: ({ placed }) => ({ order: placed }),
    changeDraft: ({ draft }) => ({ order: draft, ...content, ...everything }),
    cancel: ({ placed }) => ({ order: placed, lines: [{ line: 'L1', quantity: 1 }], reason: 'changed-mind' }),
    accept: ({ confirmed }) => ({ order: confirmed, lines: [{ line: 'L1', quantity: 1 }] }),
    hold: ({ placed }) => ({ order: placed, reason: 'fraud_risk' }),
    releaseHold: ({ onHold, orderHold }) => ({ order: onHold, hold: orderHold }),
  },
  capacity: {
    defineResource: () => ({
      kind: 'slots',
      resource: 'bench',
      name: 'Bench',
      slotMinutes: 30,
      skills: ['fitting'],
      calendar: {
        zone: 'Europe/Berlin',
        weekly: { monday: hours },
        exceptions: [{ date: '2026-12-25', hours: [], name: 'Christmas' }],
      },
    }),
    hold: () => ({ owner: 'cart-9', lines: [slot('11:00')], seconds: 600 }),
    extendHold: ({ capacityHold }) => ({ booking: capacityHold, owner: 'cart-1', seconds: 900 }),
    releaseHold: ({ capacityHold }) => ({ booking: capacityHold, owner: 'cart-1', reason: 'left' }),
    expireHold: (world) => {
      wait(world, 601)
      return { booking: world.capacityHold }
    },
    book: () => ({ lines: [slot('12:00')], reference: 'job 9' }),
    release: ({ booking }) => ({ booking, reason: 'changed-mind' }),
    complete: ({ booking }) => ({ booking }),
    reschedule: ({ booking }) => ({ booking, lines: [slot('13:00')] }),
    assignSeat: () => ({ resource: 'editor', holder: 'holder-9' }),
    releaseSeat: () => ({ resource: 'editor', holder: 'holder-1', reason: 'left' }),
    transferSeat: () => ({ resource: 'editor', from: 'holder-1', to: 'holder-9' }),
  },
  fulfillments: {
    plan: ({ confirmed }) => ({ order: confirmed, lines: [{ line: 'L1', quantity: 1 }] }),
    pick: ({ fulfillment }) => ({ fulfillment }),
    pack: ({ fulfillment }) => ({ fulfillment }),
    cancel: ({ fulfillment }) => ({ fulfillment, reason: 'changed-mind' }),
  },
  shipments: {
    ship: ({ shipment }) => ({
      shipment,
      carrier: 'Parcel Post',
      tracking: 'T 1',
      trackingUrl: 'https://track.example/T1',
    }),
    deliver: ({ shippedShipment }) => ({ shipment: shippedShipment }),
    reportLost: ({ shippedShipment }) => ({ shipment: shippedShipment, reason: 'not-found' }),
    reportFound: ({ lostShipment }) => ({ shipment: lostShipment }),
    giveUp: ({ lostShipment }) => ({ shipment: lostShipment }),
  },
  invoices: {
    bill: async ({ clerk, shipped, invoice }) => {
      await clerk.orThrow.invoices.void({ invoice, reason: 'wrong' })
      return { order: shipped }
    },
    billTogether: async ({ clerk, shipped, invoice }) => {
      await clerk.orThrow.invoices.void({ invoice, reason: 'wrong' })
      return { orders: [shipped] }
    },
    billDeposit: ({ confirmed }) => ({ order: confirmed, deposit: { percent: '30' }, name: 'Deposit' }),
    credit: ({ invoice }) => ({ invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'goodwill' }),
    debit: ({ invoice }) => ({
      invoice,
      corrections: [{ line: 'L1', amount: euros('1.00') }],
      reason: 'too cheap',
    }),
    creditWithoutInvoice: () => ({
      customer: 'C-1',
      currency: 'EUR',
      lines: [{ sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: euros('5.00'), tax: exempt }],
      reason: 'goodwill',
      reference: 'R 1',
    }),
    void: ({ invoice }) => ({ invoice, reason: 'wrong' }),
    writeOff: ({ invoice }) => ({
      invoice,
      kind: 'small_difference',
      amount: euros('0.50'),
      reason: 'cents',
    }),
    undoWriteOff: ({ forgiven, difference }) => ({ invoice: forgiven, difference, reason: 'mistaken' }),
    recordWithholding: ({ withheld }) => ({ invoice: withheld, certificate: 'RIT 1', amount: euros('1.00') }),
    claimWithheld: ({ withheld }) => ({ invoice: withheld, reason: 'no certificate' }),
    recordSent: ({ invoice }) => ({ invoice, channel: 'email' }),
    remind: (world) => {
      wait(world, 60 * day)
      return { invoice: world.invoice }
    },
  },
  payments: {
    record: ({ invoice }) => ({
      amount: { amount: '5.00', currency: 'USD' },
      exchange: { from: 'USD', to: 'EUR', rate: '0.9', source: 'ECB', at: '2026-03-01T08:00:00Z' },
      method: 'card',
      customer: 'C-1',
      invoices: [{ invoice, amount: euros('1.00') }],
      reference: 'P 1',
    }),
    apply: async ({ clerk, invoice }) => {
      const dollars = { amount: '5.00', currency: 'USD' }
      const { payment } = await clerk.orThrow.payments.record({ amount: dollars, method: 'card' }, freshKey())
      return {
        payment,
        exchange: { from: 'USD', to: 'EUR', rate: '0.9', source: 'ECB', at: '2026-03-01T08:00:00Z' },
        invoices: [{ invoice, amount: euros('1.00') }],
      }
    },
    refund: ({ payment }) => ({ payment, amount: euros('1.00'), reason: 'overpaid' }),
  },
  reconciliation: {
    importStatement: () => ({
      format: 'plain',
      content: statementOf('2.00', 'more mugs'),
      reference: 'file 2',
    }),
    match: ({ entry, invoice }) => ({ entry, invoices: [{ invoice, amount: euros('1.00') }] }),
    unmatch: ({ matchedEntry }) => ({ entry: matchedEntry, reason: 'mistaken' }),
    setAside: ({ entry }) => ({ entry, reason: 'to be looked at' }),
  },
}

/** All that an order may carry. */
const everything = {
  lines: [{ id: 'L1', sku: 'MUG', quantity: 2, location: 'main', adjustments: [discount], tax: exempt }],
  reference: 'W 9',
  purchaseOrder: 'PO 9',
  shipTo: { ...address, extra: 'Door 2', region: 'Vienna', postalCode: '1010' },
  billTo: 'home',
  payment: { method: 'invoice', terms: 'on_account' },
  delivery: { method: 'post', requestedOn: '2026-03-09' },
  note: 'ring twice',
  metadata: { campaign: 'spring' },
  adjustments: [{ kind: 'charge', amount: euros('3.00'), reason: 'freight', tax: exempt }],
  promotions: { coupons: ['SPRING10'] },
  depositOn: { order: { percent: '30', name: 'Deposit' }, confirmation: { amount: euros('1.00') } },
  taxPlace: { country: 'US', subdivision: 'US-CA', county: 'Marin', city: 'Novato' },
} satisfies Partial<CommandInput<'orders', 'place'>>

/** What an order has instead of a deposit. */
export const withheld = {
  depositOn: undefined,
  withholdings: [{ name: 'Retencion', percent: '15', on: 'net' }],
} satisfies Partial<CommandInput<'orders', 'place'>>
