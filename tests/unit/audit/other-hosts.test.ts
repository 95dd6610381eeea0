import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { poisoned } from '../../support/purity/poisoned.js'
import { bundleOf } from '../../support/start-child.js'

interface Report {
  readonly host: { readonly version: string; readonly zone: number; readonly locale: string }
  /** What it came to: how much, and the hash of all its bytes. */
  readonly came: Readonly<Record<'decisions' | 'done' | 'states' | 'folded' | 'decided', unknown>>
}

type Host = Readonly<Record<'TZ' | 'LC_ALL', string>>

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const program = new URL('../../support/purity/host-process.ts', import.meta.url)
const here: Host = { TZ: 'UTC', LC_ALL: 'C' }
const farAway: Host = { TZ: 'Pacific/Apia', LC_ALL: 'tr_TR.UTF-8' }

/** The other versions of Node that `npm ci --prefix tests/node-matrix` installs, where it was run. */
const matrix = at('../../node-matrix/node_modules')
const others = (existsSync(matrix) ? readdirSync(matrix) : [])
  .filter((name) => name.startsWith('node-'))
  .toSorted()

const reportOf = async (
  host: Host,
  mode: '' | 'poisoned' | 'leaking',
  node = process.execPath,
): Promise<Report | string> => {
  const child = fork(await bundleOf(program), [at('../../golden'), mode], {
    env: { ...process.env, ...host },
    execPath: node,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let report: Report | undefined
  let complaint = ''
  child.on('message', (message) => (report = message as Report))
  child.stderr?.on('data', (text) => (complaint += String(text)))
  await once(child, 'close')
  return report ?? complaint
}

const comesTo = async (...given: Parameters<typeof reportOf>): Promise<Report> => {
  const report = await reportOf(...given)
  if (typeof report === 'string') throw new Error(report)
  return report
}

describe('what histories fold to and commands decide', () => {
  const first = comesTo(here, '')

  it('is enough to be compared', async () => {
    const { came, host } = await first
    expect(came.decisions).toBeGreaterThan(800)
    expect(came.done).toBeGreaterThan(200)
    expect(came.states).toBeGreaterThan(100)
    expect(host).toEqual({ version: process.version, zone: 0, locale: 'en-US' })
  })

  it('EV5 is the same bytes in another process, in another time zone and another locale', async () => {
    const { came, host } = await comesTo(farAway, '')
    expect(host).toMatchObject({ zone: -780, locale: 'tr-TR' })
    expect(came).toEqual((await first).came)
  })

  it('EV6 is the same bytes where every clock, chance, timer, environment and default locale throws', async () => {
    expect((await comesTo(farAway, 'poisoned')).came).toEqual((await first).came)
  })

  it('EV6 would be noticed if it asked a clock', async () => {
    expect(await reportOf(farAway, 'leaking')).toContain('Date.now was asked by what is to be pure')
  })

  it.skipIf(others.length === 0).each(others)(
    'EV5 EV6 is the same bytes on %s, there under poisoned globals, too',
    async (name) => {
      const report = await comesTo(farAway, 'poisoned', `${matrix}/${name}/bin/node`)
      expect(report.host.version).toMatch(new RegExp(`^v${name.replace('node-', '')}\\.`))
      expect(report.came).toEqual((await first).came)
    },
  )
})

describe('poisoned globals', () => {
  it.each<readonly [string, () => unknown]>([
    ['Date.now', () => Date.now()],
    ['new Date()', () => new Date()],
    ['Math.random', () => Math.random()],
    ['globalThis.setTimeout', () => setTimeout(() => undefined, 0)],
    ['performance.now', () => performance.now()],
    ['crypto.randomUUID', () => crypto.randomUUID()],
    ['process.env', () => process.env['TZ']],
    ['Date.getHours', () => new Date(0).getHours()],
    ['String.localeCompare', () => 'i'.localeCompare('I')],
    ['Number.toLocaleString', () => (1.5).toLocaleString('en')],
    ['Intl.NumberFormat', () => new Intl.NumberFormat().format(1)],
    ['Intl.DateTimeFormat', () => new Intl.DateTimeFormat('en').format(0)],
  ])('%s throws while they are, and is well again', (name, ask) => {
    expect(() => poisoned(ask)).toThrow(`${name} was asked by what is to be pure`)
    expect(ask).not.toThrow()
  })

  it('leave alone what says all by itself', () => {
    expect(poisoned(() => new Date(0).toISOString())).toBe('1970-01-01T00:00:00.000Z')
    expect(poisoned(() => new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(0))).toBe('1/1/1970')
  })
})
