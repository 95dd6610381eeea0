import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/adapters/system/sha256.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { sampleKey } from '../../../src/testing/conformance/sample-writes.js'
import { collect, tenant } from '../../../src/testing/conformance/store-under-test.js'
import { endOf, startChild } from '../../support/start-child.js'
import { temporaryFile } from './temporary-file.js'

const file = temporaryFile()
const keys = ['a', 'b', 'c'].map(sampleKey)
const countUp = new URL('./children/count-up.ts', import.meta.url)
const writeUntilKilled = new URL('./children/write-until-killed.ts', import.meta.url)

/** The states, the log and its chain, each of which tells how often was counted. */
const counts = async (storage: Storage): Promise<readonly number[]> => {
  const found: number[] = []
  for (const { version, state, key } of await storage.read(tenant, keys)) {
    const events = await collect(storage.history(tenant, key))
    let chain = ''
    for (const event of events) expect(event.hash).toBe((chain = sha256(chain + event.body)))
    expect(events.map((event) => event.version)).toEqual(events.map((_, place) => place + 1))
    found.push(version, (state as { readonly count: number }).count, events.length)
  }
  return found
}

describe('several processes on one file', () => {
  it('EV2 lose no update, fail none and keep none waiting for long', { timeout: 120_000 }, async () => {
    const times = 150
    const children = await Promise.all(
      Array.from({ length: 4 }, () => startChild(countUp, file.path(), String(times))),
    )
    const ends = children.map(endOf)
    // All of them open the file at once: one creates the schema, the others find it.
    await Promise.all(children.map((child) => once(child, 'message')))
    const reports = children.map((child) => once(child, 'message'))
    for (const child of children) child.send('go')
    const waits = await Promise.all(
      reports.map(async (report) => {
        const [told] = (await report) as readonly { readonly longestWait: number }[]
        return told?.longestWait ?? Number.NaN
      }),
    )
    for (const end of ends) expect(await end).toEqual({ code: 0, complaint: '' })
    const total = 4 * times
    expect(await counts(await file.store())).toEqual(Array.from({ length: 9 }, () => total))
    expect(Math.max(...waits)).toBeLessThan(5_000)
  })

  it(
    'EV9 find all of an update or nothing of it when its writer was killed',
    { timeout: 120_000 },
    async () => {
      let acknowledged = 0
      for (let kill = 0; kill < 6; kill += 1) {
        const child = await startChild(writeUntilKilled, file.path())
        const ended = endOf(child)
        let notes = ''
        child.stdout?.on('data', (text) => (notes += String(text)))
        while (notes.length === 0) await pause(5)
        await pause(20 + kill * 17)
        child.kill('SIGKILL')
        expect((await ended).complaint).toBe('')
        acknowledged = Number(notes.trimEnd().split('\n').at(-1))

        const storage = await file.store()
        const [count = 0, ...others] = await counts(storage)
        expect(others).toEqual(Array.from({ length: 8 }, () => count))
        // What was committed may be one more than what anybody was told.
        expect([acknowledged, acknowledged + 1]).toContain(count)
        const messages = file.connect().prepare('SELECT count(*) AS messages FROM message').get()
        expect(messages).toMatchObject({ messages: count })
        storage.close()
      }
      expect(acknowledged).toBeGreaterThan(20)
    },
  )
})
