/**
 * The TypeScript of README.md and of the pages under docs, as programs: the `ts` blocks of one page, in their order, are one program, and what it
 * prints stands in the `text output` blocks of the page, in the same order. tests/docs/snippets.test.ts checks both.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'

export const projectFolder = fileURLToPath(new URL('..', import.meta.url))

export interface PageProgram {
  /** The page, from the project's folder: `docs/tutorial.md`. */
  readonly page: string
  /** Its code on the lines where the page has it, so that a mistake is found by its line. */
  readonly code: string
  readonly output: string
}

/** The pages that people write; those of docs/reference are written by a script and hold no code to run. */
export const writtenPages = async (): Promise<readonly string[]> => {
  const found = await readdir(path.join(projectFolder, 'docs'), { recursive: true })
  const pages = found.filter((name) => name.endsWith('.md') && !name.startsWith('reference'))
  return ['README.md', ...pages.map((name) => `docs/${name.replaceAll(path.sep, '/')}`).sort()]
}

export const pagePrograms = async (): Promise<readonly PageProgram[]> => {
  const programs = await Promise.all(
    (await writtenPages()).map(async (page) =>
      programOf(page, await readFile(path.join(projectFolder, page), 'utf8')),
    ),
  )
  return programs.filter(({ code }) => code.trim() !== '')
}

export const programOf = (page: string, text: string): PageProgram => {
  const code: string[] = []
  const output: string[] = []
  let fence: string | undefined
  for (const line of text.split('\n')) {
    const mark = /^```(.*)$/.exec(line)?.[1]
    const inside = fence
    if (mark !== undefined) fence = fence === undefined ? mark : undefined
    code.push(mark === undefined && inside === 'ts' ? line : '')
    if (mark === undefined && inside === 'text output') output.push(line)
  }
  return { page, code: code.join('\n'), output: output.join('\n') }
}

/**
 * Blocks that show parts of a file, ```` ```ts file=examples/… ````, in which `// …` stands for what is left out. Answers those that the file does
 * not have like that; `linesOf` gives the lines of a file.
 */
export const misquotes = async (
  page: string,
  text: string,
  linesOf: (file: string) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const wrong: string[] = []
  for (const { file, part, line } of quotedParts(text)) {
    if (!isPartOf(await linesOf(file), part)) wrong.push(`${page}:${line}: ${file} has no such part`)
  }
  return wrong
}

interface QuotedPart {
  readonly file: string
  readonly part: readonly string[]
  /** Where the part begins in the page. */
  readonly line: number
}

const quotedParts = (text: string): readonly QuotedPart[] => {
  const parts: QuotedPart[] = []
  let file: string | undefined
  let part: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const ends = line === '```' || line === '// …'
    if (file === undefined) file = /^```ts file=(\S+)$/.exec(line)?.[1]
    else if (!ends) part.push(line)
    else {
      if (part.length > 0) parts.push({ file, part, line: index + 1 - part.length })
      part = []
      if (line === '```') file = undefined
    }
  }
  return parts
}

/** However deep the file has it: the page may begin at its margin. */
const isPartOf = (lines: readonly string[], part: readonly string[]): boolean =>
  lines.some((first, start) => {
    const indent = first.length - first.trimStart().length - (part[0]?.search(/\S/) ?? 0)
    return part.every(
      (line, place) => lines[start + place] === (line === '' ? '' : ' '.repeat(Math.max(0, indent)) + line),
    )
  })

/** What the compiler finds wrong, as `docs/tutorial.md:12: …`; nothing when all programs are well typed. */
export const typeProblems = (programs: readonly PageProgram[]): readonly string[] => {
  const config = ts.readConfigFile(path.join(projectFolder, 'tsconfig.json'), (file) => ts.sys.readFile(file))
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, projectFolder)
  const files = new Map(programs.map(({ page, code }) => [fileOf(page), { page, code: asModule(code) }]))
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (name) => files.has(name) || host.fileExists(name),
    readFile: (name) => files.get(name)?.code ?? host.readFile(name),
    getSourceFile: (name, languageVersion, ...rest) => {
      const made = files.get(name)
      return made === undefined
        ? host.getSourceFile(name, languageVersion, ...rest)
        : ts.createSourceFile(name, made.code, languageVersion)
    },
  })
  return [...files].flatMap(([file, { page }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(
        (problem) =>
          `${page}:${lineOf(problem)}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`,
      ),
  )
}

/** Beside the page, so that packages are found; nothing is written there. */
const fileOf = (page: string): string => path.join(projectFolder, page.replace(/\.md$/, '.md.ts'))

const asModule = (code: string): string => `${code}\nexport {}\n`

const lineOf = ({ file, start }: ts.Diagnostic): number =>
  file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1

export interface Run {
  readonly exitCode: number | null
  readonly output: string
  readonly errors: string
}

/** Programs that are ready to run; all that was written for them is removed at the end. */
export interface Runnable extends AsyncDisposable {
  /** Runs the program of a page in a folder of its own. */
  readonly run: (page: string) => Promise<Run>
}

/** Bundles the programs together, so that each starts in the time it takes to read a file. */
export const makeRunnable = async (programs: readonly PageProgram[]): Promise<Runnable> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'orderwright-snippets-'))
  const nameOf = (page: string): string => page.replace(/\.md$/, '').replaceAll('/', '-')
  await symlink(path.join(projectFolder, 'node_modules'), path.join(folder, 'node_modules'))
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
  for (const { page, code } of programs)
    await writeFile(path.join(folder, `${nameOf(page)}.ts`), asModule(code))
  await build({
    entryPoints: programs.map(({ page }) => path.join(folder, `${nameOf(page)}.ts`)),
    outdir: path.join(folder, 'built'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    tsconfig: path.join(projectFolder, 'tsconfig.json'),
    logLevel: 'silent',
  })
  return {
    run: async (page) =>
      run(path.join(folder, 'built', `${nameOf(page)}.js`), await mkdtemp(`${folder}/run-`)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

/** Plain output on every Node: no colors, and no warning that a driver is experimental. */
const environment = (): NodeJS.ProcessEnv => {
  const { FORCE_COLOR: _color, ...rest } = process.env
  return { ...rest, NO_COLOR: '1', NODE_NO_WARNINGS: '1' }
}

const run = (file: string, folder: string): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], { cwd: folder, env: environment() })
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode, output: output.trimEnd(), errors })
    })
  })
