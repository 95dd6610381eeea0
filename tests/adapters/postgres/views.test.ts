import { createOrderManagement, trustHost, type OrderManagementFor } from 'orderwright'
import { postgresStorage } from 'orderwright/postgres'
import { fixedClock } from 'orderwright/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../support/postgres/test-database.js'
import { confirmed, newKey, shipped, stock } from '../../support/shop.js'
import { documentTrade, documentViews } from '../../support/document-views.js'
import { bothComponents, taxedTrade, taxedViews } from '../../support/taxed-trade.js'

const database = testDatabase()
/** Runs the statement a person would type and answers its rows. */
const select = (sql: string) => database.query(sql)

describe('the views of a PostgreSQL schema', () => {
  let oms: OrderManagementFor
  let order: string

  beforeAll(async () => {
    const storage = postgresStorage(await database.pool())
    oms = createOrderManagement({ storage, policy: trustHost }).as({ actor: { kind: 'user', id: 'ada' } })
    await stock(oms, 'APPLE', 10, '1.25')
    await oms.orThrow.parties.register(
      { id: 'C-1', number: '1001', roles: ['customer'], name: 'Zoë Canary', email: 'canary@example.org' },
      newKey(),
    )
    order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }], { customer: 'C-1', reference: 'W-17' })
    const { invoice } = await shipped(oms, order, [{ line: 'L1', quantity: 3 }])
    await oms.orThrow.payments.record(
      { amount: { amount: '2.00', currency: 'EUR' }, method: 'cash', invoices: [{ invoice }] },
      newKey(),
    )
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      newKey(),
    )
  })

  it('show an order with its sums and its lines with their counters', async () => {
    expect(
      await select(
        'SELECT id, status, reference, customer, total, invoiced, credited, paid FROM orderwright.orders',
      ),
    ).toEqual([
      {
        id: order,
        status: 'confirmed',
        reference: 'W-17',
        customer: 'C-1',
        total: '5.00',
        invoiced: '3.75',
        credited: '1.25',
        paid: '2.00',
      },
    ])
    expect(
      await select(
        'SELECT sku, unit_price, net, ordered, allocated, shipped, credited FROM orderwright.order_lines',
      ),
    ).toEqual([
      {
        sku: 'APPLE',
        unit_price: '1.25',
        net: '5.00',
        ordered: '4',
        allocated: '1',
        shipped: '3',
        credited: '1',
      },
    ])
  })

  it('join from the payment over the invoice to its order', async () => {
    const rows =
      await select(`SELECT payments.method, payment_applications.amount, invoices.number, orders.reference, credit_notes.total AS credit,
        shipments.carrier, invoice_lines.quantity
      FROM orderwright.payments
      JOIN orderwright.payment_applications ON payment_applications.payment = payments.id
      JOIN orderwright.invoices ON invoices.id = payment_applications.invoice
      JOIN orderwright.invoice_lines ON invoice_lines.invoice = invoices.id
      JOIN orderwright.credit_notes ON credit_notes.invoice = invoices.id
      JOIN orderwright.shipments ON shipments.id = invoices.shipment
      JOIN orderwright.orders ON orders.id = invoices."order"`)
    expect(rows).toEqual([
      {
        method: 'cash',
        amount: '2.00',
        number: 'INV-000001',
        reference: 'W-17',
        credit: '1.25',
        carrier: 'Parcel Post',
        quantity: '3',
      },
    ])
  })

  it('ST4 show what is available beside what it is made of', async () => {
    expect(
      await select(
        'SELECT location, sku, on_hand, reserved, incoming, available FROM orderwright.stock_levels',
      ),
    ).toEqual([
      { location: 'main', sku: 'APPLE', on_hand: '7', reserved: '1', incoming: '0', available: '6' },
    ])
  })

  it('F39 show a transfer with what has been sent and has come, and a count', async () => {
    await oms.orThrow.locations.define({ location: 'annex', name: 'Annex' })
    const { transfer } = await oms.orThrow.transfers.plan(
      { from: 'main', to: 'annex', lines: [{ sku: 'APPLE', quantity: 2 }] },
      newKey(),
    )
    await oms.orThrow.transfers.ship({ transfer })
    const { count } = await oms.orThrow.counts.open({ skus: ['APPLE'], tolerancePercent: '0' }, newKey())
    expect(await select('SELECT id, status, "from", "to" FROM orderwright.transfers')).toEqual([
      { id: transfer, status: 'shipped', from: 'main', to: 'annex' },
    ])
    expect(
      await select('SELECT transfer, sku, quantity, received, missing FROM orderwright.transfer_lines'),
    ).toEqual([{ transfer, sku: 'APPLE', quantity: '2', received: '0', missing: '0' }])
    expect(
      await select('SELECT id, status, location, tolerance_percent FROM orderwright.stock_counts'),
    ).toEqual([{ id: count, status: 'open', location: 'main', tolerance_percent: '0' }])
  })

  it('show a document without taxes with what it comes to as net and as gross', async () => {
    expect(await select('SELECT net, tax, gross FROM orderwright.invoices')).toEqual([
      { net: '3.75', tax: null, gross: '3.75' },
    ])
    expect(await select('SELECT category, percent, components FROM orderwright.invoice_lines')).toEqual([
      { category: null, percent: null, components: null },
    ])
    expect(await select('SELECT * FROM orderwright.invoice_taxes')).toEqual([])
  })

  it('SE7 show nobody’s name or address', async () => {
    const views = await select(`SELECT viewname FROM pg_views WHERE schemaname = 'orderwright'`)
    expect(views.length).toBeGreaterThanOrEqual(12)
    for (const { viewname } of views) {
      const rows = JSON.stringify(await select(`SELECT * FROM orderwright.${String(viewname)}`))
      expect(rows).not.toMatch(/canary/i)
      if (viewname === 'parties') expect(rows).toContain('1001')
    }
  })
})

describe('the views of a PostgreSQL schema with taxed documents', () => {
  it('M97 show net, tax and gross of documents, of their lines and of each tax category', async () => {
    await database.empty()
    const storage = postgresStorage(await database.pool())
    const oms = createOrderManagement({ storage, policy: trustHost }).as({
      actor: { kind: 'user', id: 'ada' },
    })
    const trade = await taxedTrade(oms)
    for (const { sql, rows } of taxedViews(trade)) {
      expect(await select(sql.replace('{schema}', 'orderwright.'))).toEqual(rows.map(asTexts))
    }
    const [stacked] = await select(
      `SELECT components FROM orderwright.order_taxes WHERE "order" = '${trade.american}'`,
    )
    expect(stacked?.['components']).toEqual(bothComponents)
  })

  it('show the kinds of documents, what is deducted, withheld and let go, the days of lines, and money of another currency', async () => {
    await database.empty()
    const storage = postgresStorage(await database.pool(), { clock: fixedClock() })
    const oms = createOrderManagement({ storage, policy: trustHost }).as({
      actor: { kind: 'user', id: 'ada' },
    })
    const trade = await documentTrade(oms)
    for (const { sql, rows } of documentViews(trade)) {
      expect(await select(sql.replaceAll('{schema}', 'orderwright.')), sql).toEqual(rows)
    }
  })
})

/** node-postgres answers large whole numbers as texts. */
const asTexts = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' ? String(value) : (value as unknown),
    ]),
  )
