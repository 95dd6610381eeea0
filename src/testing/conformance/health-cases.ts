import { ok, strictEqual } from 'node:assert/strict'
import type { ConformanceCase } from './conformance-case.js'
import { conformanceCase } from './store-under-test.js'

export const healthCases: readonly ConformanceCase[] = [
  conformanceCase(
    'tells which adapter it is, whether it is durable, its isolation and the version of its schema',
    'Whether a committed order survives a power cut is asked before opening the shop, not after.',
    async ({ storage }) => {
      const health = await storage.health()
      ok(health.adapter.length > 0, 'the adapter has a name')
      strictEqual(typeof health.durable, 'boolean')
      ok(health.isolation.length > 0, 'the isolation has a name')
      ok(Number.isSafeInteger(health.schemaVersion) && health.schemaVersion >= 1, 'the schema has a version')
      strictEqual(health.pendingMigrations, 0, 'a store that was just opened is up to date')
      for (const [name, value] of Object.entries(health.settings)) {
        ok(['string', 'number'].includes(typeof value), `settings.${name} is a text or a number`)
      }
    },
  ),
]
