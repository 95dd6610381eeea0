import { defaultSchema } from './migrate.js'
import { everyTenant, tenantSetting } from './put-in-force.js'
import { quoted } from './schema-name.js'

export const guardedTables = ['record', 'stock_level', 'event', 'message']

/**
 * SQL that puts a second wall between tenants: row-level security on the four tables, for the owner of the tables too. Each transaction of
 * the store then names its tenant (`orderwright.tenant`, for that transaction alone), and a statement that forgot its tenant would find nothing
 * instead of everything. The relay, which serves all tenants, names `*`. Run it once as the owner of the tables, then restart the
 * application: a store asks at its start whether the wall stands. Superusers and roles with BYPASSRLS walk through it.
 */
export const rowLevelSecuritySql = (options: { readonly schema?: string } = {}): string => {
  const schema = quoted(options.schema ?? defaultSchema)
  const setting = `current_setting('${tenantSetting}', true)`
  return guardedTables
    .flatMap((table) => [
      `ALTER TABLE ${schema}.${table} ENABLE ROW LEVEL SECURITY;`,
      `ALTER TABLE ${schema}.${table} FORCE ROW LEVEL SECURITY;`,
      `DROP POLICY IF EXISTS orderwright_tenant ON ${schema}.${table};`,
      // Messages of all tenants are claimed together; nothing else is ever asked across tenants.
      `CREATE POLICY orderwright_tenant ON ${schema}.${table} USING (tenant = ${setting}${
        table === 'message' ? ` OR ${setting} = '${everyTenant}'` : ''
      });`,
    ])
    .join('\n')
}
