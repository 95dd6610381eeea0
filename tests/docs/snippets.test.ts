import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  pagePrograms,
  programOf,
  projectFolder,
  runProgram,
  typeProblems,
  writtenPages,
} from '../../scripts/docs-snippets.js'

const programs = await pagePrograms()

// Each page starts a process of its own, and the compiler reads the whole project.
describe('the code in README and docs', { timeout: 120_000 }, () => {
  it('is found on the lines where the page has it', () => {
    const text = [
      '# Page',
      '```ts',
      'const one = 1',
      '```',
      'words',
      '```text output',
      '1',
      '```',
      '```ts',
      'log(one)',
      '```',
    ].join('\n')
    const { code, output } = programOf('docs/page.md', text)
    expect(
      code
        .split('\n')
        .map((line, index) => [index + 1, line])
        .filter(([, line]) => line !== ''),
    ).toEqual([
      [3, 'const one = 1'],
      [10, 'log(one)'],
    ])
    expect(output).toBe('1')
  })

  it('is well typed', () => {
    expect(typeProblems(programs)).toEqual([])
  })

  it('is refused by its line when it is not', () => {
    const wrong = programOf('docs/wrong.md', '# Wrong\n```ts\nconst count: number = "one"\n```')
    expect(typeProblems([wrong])).toEqual([
      "docs/wrong.md:3: Type 'string' is not assignable to type 'number'.",
    ])
  })

  it.each(programs.map((program) => [program.page, program] as const))(
    'of %s runs and prints what the page says',
    async (_page, program) => {
      expect(await runProgram(program)).toEqual({ exitCode: 0, output: program.output, errors: '' })
    },
  )

  it('is reported when it fails or prints something else', async () => {
    const failed = await runProgram(
      programOf('docs/wrong.md', '```ts\nconsole.log(1)\nthrow new Error("no")\n```'),
    )
    expect(failed.exitCode).toBe(1)
    expect(failed.output).toBe('1')
    expect(failed.errors).toContain('Error: no')
  })

  it('calls only commands that package.json has', async () => {
    const manifest = JSON.parse(await readFile(path.join(projectFolder, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>
    }
    const called = new Set<string>()
    for (const page of await writtenPages()) {
      const text = await readFile(path.join(projectFolder, page), 'utf8')
      for (const [, name = ''] of text.matchAll(/npm run ([a-z:-]+)/g)) called.add(name)
    }
    expect([...called].filter((name) => manifest.scripts[name] === undefined)).toEqual([])
  })
})
