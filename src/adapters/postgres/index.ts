export { migratePostgres } from './migrate.js'
export { pglitePool, type PgliteDatabase } from './pglite-pool.js'
export { postgresStorage, type PostgresStorage, type PostgresStorageOptions } from './postgres-storage.js'
export { rowLevelSecuritySql } from './row-level-security.js'
export { runtimeRoleSql } from './runtime-role.js'
export type { WithinOptions } from './within.js'
export type {
  PostgresClient,
  PostgresPool,
  PostgresPoolClient,
  PostgresResult,
  PostgresStatement,
} from './client.js'
