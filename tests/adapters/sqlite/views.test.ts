import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOrderManagement, trustHost, type OrderManagementFor } from 'orderwright'
import { sqliteStorage } from 'orderwright/sqlite'
import { confirmed, newKey, shipped, stock } from '../../support/shop.js'
import { bothComponents, taxedTrade, taxedViews } from '../../support/taxed-trade.js'
import { fixedClock } from 'orderwright/testing'
import { documentTrade, documentViews } from '../../support/document-views.js'
import { temporaryFile } from './temporary-file.js'

/** Runs the statement a person would type and answers its rows. */
const open = (connection: Database.Database) => (sql: string) =>
  (connection.prepare(sql).all() as Readonly<Record<string, unknown>>[]).map(({ _metadata, ...row }) => row)

describe('the views of a SQLite file', () => {
  let folder: string
  let connection: Database.Database
  let oms: OrderManagementFor
  let order: string
  let invoice: string
  const select = (sql: string) => open(connection)(sql)

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'orderwright-views-'))
    connection = new Database(join(folder, 'orders.sqlite'))
    oms = createOrderManagement({ storage: sqliteStorage(connection), policy: trustHost }).as({
      actor: { kind: 'user', id: 'ada' },
    })
    await stock(oms, 'APPLE', 10, '1.25')
    await oms.orThrow.parties.register(
      { id: 'C-1', number: '1001', roles: ['customer'], name: 'Zoë Canary', email: 'canary@example.org' },
      newKey(),
    )
    order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }], { customer: 'C-1', reference: 'W-17' })
    invoice = (await shipped(oms, order, [{ line: 'L1', quantity: 3 }])).invoice
    await oms.orThrow.payments.record(
      { amount: { amount: '2.00', currency: 'EUR' }, method: 'cash', invoices: [{ invoice }] },
      newKey(),
    )
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      newKey(),
    )
  })
  afterEach(() => {
    connection.close()
    rmSync(folder, { recursive: true })
  })

  it('show an order with its sums and its lines with their counters', () => {
    expect(
      select(
        'SELECT id, status, channel, reference, customer, currency, total, invoiced, credited, paid FROM orders',
      ),
    ).toEqual([
      {
        id: order,
        status: 'confirmed',
        channel: 'web',
        reference: 'W-17',
        customer: 'C-1',
        currency: 'EUR',
        total: '5.00',
        invoiced: '3.75',
        credited: '1.25',
        paid: '2.00',
      },
    ])
    expect(
      select(
        'SELECT sku, unit_price, net, ordered, allocated, planned, canceled, shipped, invoiced, credited FROM order_lines',
      ),
    ).toEqual([
      {
        sku: 'APPLE',
        unit_price: '1.25',
        net: '5.00',
        ordered: 4,
        allocated: 1,
        planned: 0,
        canceled: 0,
        shipped: 3,
        invoiced: 3,
        credited: 1,
      },
    ])
  })

  it('join from the payment over the invoice to its order', () => {
    expect(
      select(`SELECT payments.method, payment_applications.amount, invoices.number, invoices.total, invoices.due_on > invoices.issued_on AS later,
        orders.reference, credit_notes.total AS credit, shipments.carrier, invoice_lines.quantity
        FROM payments
        JOIN payment_applications ON payment_applications.payment = payments.id
        JOIN invoices ON invoices.id = payment_applications.invoice
        JOIN invoice_lines ON invoice_lines.invoice = invoices.id
        JOIN credit_notes ON credit_notes.invoice = invoices.id
        JOIN shipments ON shipments.id = invoices.shipment
        JOIN orders ON orders.id = invoices."order"`),
    ).toEqual([
      {
        method: 'cash',
        amount: '2.00',
        number: 'INV-000001',
        total: '3.75',
        later: 1,
        reference: 'W-17',
        credit: '1.25',
        carrier: 'Parcel Post',
        quantity: 3,
      },
    ])
  })

  it('ST4 show what is available beside what it is made of', () => {
    expect(select('SELECT location, sku, on_hand, reserved, available FROM stock_levels')).toEqual([
      { location: 'main', sku: 'APPLE', on_hand: 7, reserved: 1, available: 6 },
    ])
  })

  it('show a document without taxes with what it comes to as net and as gross', () => {
    expect(select('SELECT net, tax, gross FROM invoices')).toEqual([
      { net: '3.75', tax: null, gross: '3.75' },
    ])
    expect(select('SELECT category, percent, components FROM invoice_lines')).toEqual([
      { category: null, percent: null, components: null },
    ])
    expect(select('SELECT * FROM invoice_taxes')).toEqual([])
  })

  it('SE7 show nobody’s name or address', () => {
    const views = select("SELECT name FROM sqlite_schema WHERE type = 'view'").map((row) =>
      String(row['name']),
    )
    expect(views.length).toBeGreaterThanOrEqual(12)
    for (const view of views) {
      const rows = JSON.stringify(select(`SELECT * FROM ${view}`))
      expect(rows).not.toMatch(/canary/i)
      if (view === 'parties') expect(rows).toContain('1001')
    }
  })
})

describe('the views of a SQLite file with taxed documents', () => {
  const file = temporaryFile()

  it('M97 show net, tax and gross of documents, of their lines and of each tax category', async () => {
    const connection = file.connect()
    const oms = createOrderManagement({ storage: sqliteStorage(connection), policy: trustHost }).as({
      actor: { kind: 'user', id: 'ada' },
    })
    const trade = await taxedTrade(oms)
    const select = open(connection)
    for (const { sql, rows } of taxedViews(trade)) expect(select(sql.replace('{schema}', ''))).toEqual(rows)
    const [stacked] = select(`SELECT components FROM order_taxes WHERE "order" = '${trade.american}'`)
    expect(JSON.parse(String(stacked?.['components']))).toEqual(bothComponents)
  })

  it('show the kinds of documents, what is deducted, withheld and let go, the days of lines, and money of another currency', async () => {
    const connection = file.connect()
    const storage = sqliteStorage(connection, { clock: fixedClock() })
    const oms = createOrderManagement({ storage, policy: trustHost }).as({
      actor: { kind: 'user', id: 'ada' },
    })
    const trade = await documentTrade(oms)
    for (const { sql, rows } of documentViews(trade)) {
      expect(open(connection)(sql.replaceAll('{schema}', '')), sql).toEqual(rows)
    }
  })
})
