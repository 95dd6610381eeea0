import { defaultSchema } from './migrate.js'
import { quoted } from './schema-name.js'

/**
 * SQL that gives a role what the application needs at run time and nothing more: it reads and writes rows, adds events and never changes or
 * removes one, and can neither change the schema nor empty a table. Run it as the owner of the tables after each migration; the role exists
 * already. With `reader`, the role may only select from the views.
 */
export const runtimeRoleSql = (options: {
  readonly role: string
  readonly schema?: string
  readonly reader?: boolean
}): string => {
  const schema = quoted(options.schema ?? defaultSchema)
  const role = quoted(options.role)
  const usage = `GRANT USAGE ON SCHEMA ${schema} TO ${role};`
  if (options.reader === true) {
    return [usage, ...views.map((view) => `GRANT SELECT ON ${schema}.${view} TO ${role};`)].join('\n')
  }
  return [
    usage,
    `GRANT SELECT ON ${schema}.orderwright_migration TO ${role};`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}.record, ${schema}.stock_level TO ${role};`,
    `GRANT SELECT, INSERT ON ${schema}.event TO ${role};`,
    `GRANT SELECT, INSERT, UPDATE ON ${schema}.message TO ${role};`,
  ].join('\n')
}

const views = [
  'orders',
  'order_lines',
  'order_taxes',
  'fulfillments',
  'shipments',
  'invoices',
  'invoice_lines',
  'invoice_taxes',
  'invoice_deductions',
  'invoice_withholdings',
  'invoice_differences',
  'invoice_orders',
  'credit_notes',
  'credit_note_lines',
  'credit_note_taxes',
  'credit_note_withholdings',
  'payments',
  'payment_applications',
  'bank_entries',
  'parties',
  'products',
  'reservations',
  'expected_receipts',
  'stock_lots',
  'serials',
  'lot_shipments',
  'transfers',
  'transfer_lines',
  'stock_counts',
  'stock_levels',
]
