import { fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { bundleOf } from '../support/start-child.js'

interface Reading {
  /** What everything that was read came to. */
  readonly told: readonly string[]
  /** The built-in properties that are not what they were before. */
  readonly changed: readonly string[]
  readonly properties: number
}

const program = new URL('children/read-everything.ts', import.meta.url)

const readEverything = async (execArgv: readonly string[], ...given: readonly string[]): Promise<Reading> => {
  const child = fork(await bundleOf(program), given, {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaint = ''
  child.stderr?.on('data', (text) => (complaint += String(text)))
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`it ended with ${String(code)}: ${complaint}`)
  })
  died.catch(() => undefined)
  const [reading] = (await Promise.race([once(child, 'message'), died])) as readonly unknown[]
  return reading as Reading
}

/** Node freezes all that the language hands out before it runs anything. */
const frozen = ['--frozen-intrinsics']

describe('SE4 fuzzing every command, query, CSV reader and XML reader', { timeout: 300_000 }, () => {
  const readings = Promise.all([readEverything([]), readEverything(frozen)])

  it('leaves every built-in object as it was', async () => {
    const [reading] = await readings
    expect(reading.properties).toBeGreaterThan(1_500)
    expect(reading.changed).toEqual([])
  })

  it('comes to the same where all built-in objects are frozen: nothing is even tried', async () => {
    const [reading, frozenReading] = await readings
    expect(frozenReading.told).toEqual(reading.told)
    expect(reading.told.length).toBeGreaterThan(500)
  })

  it('would show a reader that takes the names of a file for names of its own', async () => {
    const [careless, caught] = await Promise.all([
      readEverything([], 'planted'),
      readEverything(frozen, 'planted'),
    ])
    expect(careless.changed).toEqual(['Object.prototype.polluted'])
    expect(caught.changed).toEqual([])
    expect(caught.told).not.toEqual(careless.told)
  })
})
