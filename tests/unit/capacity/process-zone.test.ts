import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bundleOf } from '../../support/start-child.js'

const program = new URL('./children/print-calendars.ts', import.meta.url)

const printedUnder = async (zone: string): Promise<string> => {
  const options = { env: { ...process.env, TZ: zone }, maxBuffer: 16_777_216 }
  return (await promisify(execFile)(process.execPath, [await bundleOf(program)], options)).stdout
}

describe('the time zone of the process', () => {
  it('TM6 changes no byte of what is planned, told or stored', { timeout: 60_000 }, async () => {
    const expected = await printedUnder('UTC')
    expect(expected.split('\n').length).toBeGreaterThan(100)
    expect(expected).toContain('"clockChange":"skipped"')
    expect(expected).toContain('"clockChange":"repeated"')
    for (const zone of ['Asia/Kolkata', 'America/New_York', 'Pacific/Apia']) {
      expect(await printedUnder(zone), zone).toBe(expected)
    }
  })
})
