import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  makeRunnable,
  misquotes,
  pagePrograms,
  programOf,
  projectFolder,
  typeProblems,
  writtenPages,
} from '../../scripts/docs-snippets.js'

const programs = await pagePrograms()
const runnable = await makeRunnable(programs)
afterAll(() => runnable[Symbol.asyncDispose]())

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

  it('is well typed, and refused by its line where it is not', () => {
    const wrong = programOf('docs/wrong.md', '# Wrong\n```ts\nconst count: number = "one"\n```')
    expect(typeProblems([...programs, wrong])).toEqual([
      "docs/wrong.md:3: Type 'string' is not assignable to type 'number'.",
    ])
  })

  it.each(programs.map((program) => [program.page, program] as const))(
    'of %s runs and prints what the page says',
    async (page, program) => {
      expect(await runnable.run(page)).toEqual({ exitCode: 0, output: program.output, errors: '' })
    },
  )

  it('is reported when it fails or prints something else', async () => {
    await using wrong = await makeRunnable([
      programOf('docs/wrong.md', '```ts\nconsole.log(1)\nthrow new Error("no")\n```'),
    ])
    const failed = await wrong.run('docs/wrong.md')
    expect(failed.exitCode).toBe(1)
    expect(failed.output).toBe('1')
    expect(failed.errors).toContain('Error: no')
  })

  it('that names a file is a part of it, word for word', async () => {
    const linesOf = async (file: string) =>
      (await readFile(path.join(projectFolder, file), 'utf8')).split('\n')
    let named = 0
    for (const page of await writtenPages()) {
      const text = await readFile(path.join(projectFolder, page), 'utf8')
      named += text.split('```ts file=').length - 1
      expect(await misquotes(page, text, linesOf)).toEqual([])
    }
    expect(named).toBeGreaterThan(5)
  })

  it('that differs from its file is reported by its line', async () => {
    const file = ['const add = (one: number) => {', '  const two = 2', '', '  return one + two', '}']
    const quote = (...lines: readonly string[]) =>
      misquotes('docs/page.md', ['# Page', '```ts file=add.ts', ...lines, '```'].join('\n'), async () => file)
    expect(await quote('const two = 2', '', 'return one + two')).toEqual([])
    expect(await quote('const add = (one: number) => {', '// …', '  return one + two')).toEqual([])
    expect(await quote('const two = 3')).toEqual(['docs/page.md:3: add.ts has no such part'])
    expect(await quote('const two = 2', '// …', 'return two')).toEqual([
      'docs/page.md:5: add.ts has no such part',
    ])
    expect(await quote('const two = 2', 'return one + two')).toEqual([
      'docs/page.md:3: add.ts has no such part',
    ])
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
