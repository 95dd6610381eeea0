/**
 * Writes docs/reference (but for docs/reference/machines, which scripts/draw-machines.ts draws) from the source: commands, queries, forms, errors,
 * rules, messages, record kinds and settings.
 *
 *   tsx scripts/docs-reference.ts           writes the pages
 *   tsx scripts/docs-reference.ts --check   writes nothing; exits 1 and names the pages that are out of date
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { meaningOf } from '../src/core/ports/errors.js'
import { errorPage } from './docs-reference/error-page.js'
import { formPage } from './docs-reference/form-page.js'
import { indexPage } from './docs-reference/index-page.js'
import { messagePage } from './docs-reference/message-page.js'
import { managementPage } from './docs-reference/management-page.js'
import { operationPages } from './docs-reference/operation-pages.js'
import { operationsOf } from './docs-reference/operations.js'
import { recordPage } from './docs-reference/record-page.js'
import { rulePage } from './docs-reference/rule-page.js'
import { settingPage } from './docs-reference/setting-page.js'
import { projectFolder, readSource } from './docs-reference/source.js'

export const referenceFolder = path.join(projectFolder, 'docs', 'reference')

/** Every command and query, read from the source. */
export const readOperations = () => {
  const source = readSource()
  const codes = new Set(Object.keys(meaningOf))
  const list = (file: string, name: string) => operationsOf(source, codes, source.constant(file, name))
  return {
    source,
    commands: list('src/app/commands.ts', 'commands'),
    queries: [...list('src/app/queries.ts', 'queries'), ...list('src/app/queries.ts', 'recordQueries')],
  }
}

/** What the folder should hold: page text by path. */
export const referencePages = async (): Promise<ReadonlyMap<string, string>> => {
  const { source, commands, queries } = readOperations()
  return new Map([
    ['index.md', await indexPage()],
    ['order-management.md', await managementPage(source)],
    ...(await operationPages(source, { folder: 'commands', operations: commands })),
    ...(await operationPages(source, { folder: 'queries', operations: queries })),
    ['forms.md', await formPage(source)],
    ['errors.md', await errorPage(source, [...commands, ...queries])],
    ['rules.md', await rulePage(source)],
    ['messages.md', await messagePage(source, commands)],
    ['records.md', await recordPage(source)],
    ['settings.md', await settingPage(source)],
  ])
}

/** The paths that are missing, different, or no longer written. */
export const outdatedReference = async (
  pages: ReadonlyMap<string, string>,
  folder: string,
): Promise<readonly string[]> => {
  const present = await pagesIn(folder)
  const names = [...new Set([...pages.keys(), ...present])].sort()
  const same = await Promise.all(
    names.map(async (name) => {
      const text = present.includes(name) ? await readFile(path.join(folder, name), 'utf8') : undefined
      return text === pages.get(name)
    }),
  )
  return names.filter((_, index) => !same[index])
}

const pagesIn = async (folder: string): Promise<readonly string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((name) => !name.startsWith('machines/'))
}

const writePages = async (pages: ReadonlyMap<string, string>, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    const file = path.join(referenceFolder, name)
    const text = pages.get(name)
    if (text === undefined) {
      await rm(file)
      continue
    }
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

const main = async (): Promise<void> => {
  const pages = await referencePages()
  const outdated = await outdatedReference(pages, referenceFolder)
  if (!process.argv.includes('--check')) return writePages(pages, outdated)
  if (outdated.length === 0) return
  console.error(`Out of date: ${outdated.join(', ')}. Run scripts/docs-reference.ts.`)
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
