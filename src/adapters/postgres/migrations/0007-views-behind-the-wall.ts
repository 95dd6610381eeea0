import { tenantSetting } from '../put-in-force.js'
import { literal } from '../schema-name.js'
import { views } from './0002-views.js'
import { transfersCountsAndCapacity } from './0004-transfers-counts-and-capacity.js'
import { netTaxAndGross } from './0005-net-tax-and-gross.js'
import { kindsDeductionsAndWithholdings } from './0006-kinds-deductions-and-withholdings.js'

/**
 * A view reads its tables with the rights of its owner, whom row-level security may not hold. So each view asks by itself, where row-level security is
 * enabled, for the tenant that the reader has named, unless the reader is exempt from it. (`security_invoker` would need readers that may select from
 * `record`, and so from personal data.)
 */
export const viewsBehindTheWall = {
  number: 7,
  name: 'views behind the wall',
  sql: (schema: string): string =>
    [...newestViews(schema)]
      .map(([view, select]) => `CREATE OR REPLACE VIEW ${view} AS ${behindTheWall(schema, select)};`)
      .join('\n\n'),
} as const

const behindTheWall = (schema: string, select: string): string => `SELECT shown.* FROM (
${select}
) AS shown WHERE shown.tenant = current_setting('${tenantSetting}', true) OR NOT EXISTS (
  SELECT 1 FROM pg_catalog.pg_class AS tables CROSS JOIN pg_catalog.pg_roles AS readers
  WHERE tables.oid IN (${literal(`${schema}.record`)}::regclass, ${literal(`${schema}.stock_level`)}::regclass) AND tables.relrowsecurity
    AND readers.rolname = current_user AND NOT readers.rolsuper AND NOT readers.rolbypassrls
)`

/** The views of the steps before, as the last of them has left each. Those steps never change, and none of their texts has a semicolon inside a view. */
const newestViews = (schema: string): ReadonlyMap<string, string> => {
  const newest = new Map<string, string>()
  for (const { sql } of [views, transfersCountsAndCapacity, netTaxAndGross, kindsDeductionsAndWithholdings])
    for (const [, view = '', select = ''] of sql(anySchema).matchAll(creatingView))
      newest.set(inSchema(view, schema), inSchema(select, schema))
  return newest
}

/** Stands for the schema while texts are taken apart: a name of the host's may have any sign in it. */
const anySchema = '"any schema"'
const creatingView = /CREATE (?:OR REPLACE )?VIEW ("any schema"\.\w+) AS ([^;]+);/g
const inSchema = (text: string, schema: string): string => text.replaceAll(anySchema, () => schema)
