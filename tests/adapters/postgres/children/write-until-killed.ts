import { writeSync } from 'node:fs'
import { postgresStorage } from 'orderwright/postgres'
import pg from 'pg'
import {
  append,
  message,
  sampleKey,
  sending,
  together,
} from '../../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../../src/testing/conformance/store-under-test.js'

/** Writes three records, their events and a message with every update, and notes each on standard output once it is acknowledged. */
const [url = ''] = process.argv.slice(2)
const keys = ['a', 'b', 'c'].map(sampleKey)
const storage = postgresStorage(new pg.Pool({ connectionString: url, max: 1 }))

for (;;) {
  let count = 0
  await storage.update(tenant, keys, (records, now) => {
    const writes = keys.map((key) => {
      const current = records.get(key)
      count = (current?.version ?? 0) + 1
      return append(key, current, { count, text: 'x'.repeat(3_000) }, [{ type: 'Counted' }], now)
    })
    return together(...writes, sending(message(sampleKey('a'), count, now)))
  })
  writeSync(1, `${count}\n`)
}
