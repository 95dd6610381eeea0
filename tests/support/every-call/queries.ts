import type { QueryInput } from 'orderwright'
import type { Queries, RecordQueries } from '../../../src/app/queries.js'
import type { z } from 'zod'
import { content } from './sales.js'
import { euros } from './shelves.js'
import type { World } from './world.js'

/** For each query there is, an input that it answers in the world. A query without one does not compile. */
type QueryCases = {
  readonly [Group in keyof Queries]: {
    readonly [Name in keyof Queries[Group]]: (world: World) => QueryInput<Group, Name>
  }
} & {
  readonly records: {
    readonly [Name in keyof RecordQueries['records']]: (
      world: World,
    ) => z.input<RecordQueries['records'][Name]['input']>
  }
}

const mug = { sku: 'MUG' } as const
const quarter = { from: '2026-01-01', to: '2026-03-01' } as const
const costs = [{ sku: 'MUG', cost: euros('4.00') }]
const monday = { from: '2026-03-02', to: '2026-03-02' } as const

export const queryCases: QueryCases = {
  inventory: {
    level: () => mug,
    levels: () => ({ location: 'annex' }),
    availability: () => ({ skus: ['MUG', 'SET'], channel: 'web' }),
    movements: () => mug,
    audit: () => mug,
    substitutes: () => mug,
    backorders: () => mug,
    holdOf: ({ hold }) => ({ reservation: hold }),
    holds: () => ({ owner: 'cart-1' }),
    promise: () => ({ ...mug, quantity: 1 }),
    promiseOrder: () => ({ lines: [{ ...mug, quantity: 1 }] }),
    expectedReceipt: ({ expected }) => ({ expected }),
    expectedReceipts: () => ({ vendor: 'V-1' }),
    lots: () => ({ sku: 'SALVE' }),
    lotTrace: () => ({ sku: 'SALVE', lot: 'L-1' }),
    serial: () => ({ sku: 'RADIO', serial: 'S-1' }),
    serials: () => ({ sku: 'RADIO' }),
  },
  transfers: {
    get: ({ plannedTransfer }) => ({ transfer: plannedTransfer }),
    list: () => ({ from: 'annex' }),
  },
  counts: { get: ({ recordedCount }) => ({ count: recordedCount }), list: () => ({ location: 'annex' }) },
  replenishment: {
    requirements: () => ({ vendor: 'V-1' }),
    forecast: () => mug,
    suggest: () => ({ ...mug, serviceLevelPercent: '95', leadTime: { meanDays: 3 } }),
    health: () => quarter,
    classes: () => ({ ...quarter, costs }),
  },
  prices: {
    getList: () => ({ list: 'retail' }),
    lists: () => ({}),
    items: () => ({ list: 'retail' }),
    quote: () => ({ lines: [{ ...mug, quantity: 1 }], currency: 'EUR', channel: 'web', customer: 'C-1' }),
  },
  promotions: { get: () => ({ promotion: 'SPRING' }), list: () => ({}) },
  parties: { get: () => ({ party: 'C-1' }), list: () => ({}) },
  locations: { get: () => ({ location: 'main' }), list: () => ({}) },
  sourcing: {
    rules: () => ({ name: 'nearest' }),
    preview: () => ({ lines: [{ ...mug, quantity: 1 }], sourcing: { by: 'nearest' } }),
  },
  orders: {
    preview: () => content,
    trace: ({ placed }) => ({ order: placed }),
    sourcing: ({ sourced }) => ({ order: sourced }),
    get: ({ placed }) => ({ order: placed }),
    list: () => ({ customer: 'C-1' }),
    timeline: ({ shipped }) => ({ order: shipped }),
  },
  capacity: {
    resource: () => ({ resource: 'chair' }),
    resources: () => ({}),
    free: () => ({ resource: 'chair', ...monday }),
    earliest: () => ({ skill: 'fitting', minutes: 30 }),
    load: () => ({ resource: 'chair', ...monday }),
    booking: ({ booking }) => ({ booking }),
    bookings: () => ({ reference: 'job 1' }),
    seats: () => ({ resource: 'editor' }),
  },
  fulfillments: { get: ({ fulfillment }) => ({ fulfillment }), list: ({ planned }) => ({ order: planned }) },
  shipments: { get: ({ shipment }) => ({ shipment }), list: ({ packed }) => ({ order: packed }) },
  invoices: {
    get: ({ invoice }) => ({ invoice }),
    list: () => ({ customer: 'C-1' }),
    proforma: ({ placed }) => ({ order: placed }),
    creditNote: ({ creditNote }) => ({ creditNote }),
    creditNotes: () => ({ customer: 'C-1' }),
    trace: ({ invoice }) => ({ invoice }),
    watchList: () => ({ on: '2026-06-01' }),
    verifyNumbering: () => ({ series: 'invoice' }),
  },
  payments: { get: ({ payment }) => ({ payment }), list: () => ({}) },
  ledger: { journal: () => ({ documents: 'invoice' }), trialBalance: () => ({}) },
  reconciliation: {
    entry: ({ entry }) => ({ entry }),
    entries: ({ statement }) => ({ statement }),
    statement: ({ statement }) => ({ statement }),
    statements: () => ({}),
  },
  records: {
    explain: ({ placed }) => ({ kind: 'order', id: placed }),
    verifyAudit: ({ placed }) => ({ kind: 'order', id: placed }),
    anchorAudit: () => ({}),
    verifyAnchor: ({ placed }) => ({
      heads: [{ kind: 'order', id: placed, version: 1, hash: '0'.repeat(64) }],
    }),
  },
}
