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
  expect(Object.values(results).filter(({ passed, cutOff }) => !passed && !cutOff)).toEqual([])
})

it('a run that was out of time before all was tried is called so, not held', () => {
  const [check] = checks.filter(({ name }) => name === 'contention')
  if (check === undefined) throw new Error('there is a part contention')
  const result: Result = {
    command: `npm run ${check.full}`,
    date: '2026-01-01',
    commit: 'abc',
    machine: 'a machine',
    seconds: 1,
    passed: false,
    output: [],
  }
  const pageOf = (more: Partial<Result>): string => proofPage([check], { contention: { ...result, ...more } })
  expect(pageOf({ cutOff: true })).toContain('**Cut off before all was tried**')
  expect(pageOf({})).toContain('**Failed** on')
  expect(pageOf({ passed: true })).toContain('Held on')
})
