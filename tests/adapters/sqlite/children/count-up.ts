import { openSqliteStorage } from 'orderwright/sqlite'
import { append, sampleKey, together } from '../../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../../src/testing/conformance/store-under-test.js'

/** Counts three records up together, so many times, in a race with others; tells its parent how long it waited at most. */
const [path = '', times = '0'] = process.argv.slice(2)
const keys = ['a', 'b', 'c'].map(sampleKey)
const storage = await openSqliteStorage(path, { driver: 'libsql' })

process.send?.('ready')
await new Promise((resolve) => process.once('message', resolve))

let longestWait = 0
for (let time = 0; time < Number(times); time += 1) {
  const started = performance.now()
  await storage.update(tenant, keys, (records, now) =>
    together(
      ...keys.map((key) => {
        const current = records.get(key)
        const { count } = (current?.state ?? { count: 0 }) as { readonly count: number }
        return append(key, current, { count: count + 1 }, [{ type: 'Counted' }], now)
      }),
    ),
  )
  longestWait = Math.max(longestWait, performance.now() - started)
}
storage.close()
process.send?.({ longestWait })
process.disconnect()
