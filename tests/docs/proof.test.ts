import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { expect, it } from 'vitest'
import { checks } from '../../scripts/proof/checks.js'
import { proofPage } from '../../scripts/proof/page.js'
import type { Result } from '../../scripts/proof/result.js'

const read = (path: string): string => readFileSync(path, 'utf8')
const results = JSON.parse(read('docs/proof.json')) as Record<string, Result>

it('docs/proof.md says what the kept results say, and no more', async () => {
  const page = proofPage(checks, results)
  expect(read('docs/proof.md')).toBe(
    await format(page, { ...(await resolveConfig('docs/proof.md')), parser: 'markdown' }),
  )
})

it('every command the proof names is one of the package', () => {
  const { scripts } = JSON.parse(read('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>
  }
  const commands = [...checks.flatMap(({ quick, full }) => [quick, full])]
  for (const command of commands) expect(scripts, command).toHaveProperty([command.split(' ')[0] ?? ''])
  const names = new Set(checks.map(({ name }) => name))
  for (const [name, { command }] of Object.entries(results)) {
    expect(names, `a result of ${name}`).toContain(name)
    expect(scripts, command).toHaveProperty([command.split(' ')[2] ?? ''])
  }
})

it('no result that is kept has failed', () => {
  expect(Object.values(results).filter(({ passed }) => !passed)).toEqual([])
})
