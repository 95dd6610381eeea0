/**
 * Draws every lifecycle as a page of docs/reference/machines: the docstring of the machine, a Mermaid state diagram and a table.
 *
 *   tsx scripts/draw-machines.ts           writes the pages
 *   tsx scripts/draw-machines.ts --check   writes nothing; exits 1 and names the pages that are out of date
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { toDirectedGraph } from 'xstate/graph'
import type { Lifecycle } from '../src/state-machines/index.js'
import * as machines from '../src/state-machines/index.js'

const sourceFolder = fileURLToPath(new URL('../src/state-machines', import.meta.url))
export const pagesFolder = fileURLToPath(new URL('../docs/reference/machines', import.meta.url))

type AnyLifecycle = Lifecycle<string, string>

/** What the folder should hold: page text by file name. */
export const drawPages = async (): Promise<ReadonlyMap<string, string>> => {
  const pages = new Map<string, string>()
  const summaries: string[] = []
  for (const lifecycle of allLifecycles()) {
    const name = lifecycle.machine.id
    const words = await docstringOf(name)
    pages.set(`${name}.md`, drawPage(name, words, lifecycle))
    summaries.push(`- [${titleOf(name)}](./${name}.md): ${words.split('\n\n')[0]?.replaceAll('\n', ' ')}`)
  }
  return pages.set('index.md', drawIndex(summaries))
}

/** The file names that are missing, different, or no longer drawn. */
export const outdatedPages = async (
  pages: ReadonlyMap<string, string>,
  folder: string,
): Promise<readonly string[]> => {
  const present = await readdir(folder).catch((): string[] => [])
  const names = [...new Set([...pages.keys(), ...present])].sort()
  const same = await Promise.all(
    names.map(async (name) => {
      const text = present.includes(name) ? await readFile(path.join(folder, name), 'utf8') : undefined
      return text === pages.get(name)
    }),
  )
  return names.filter((_, index) => !same[index])
}

/** The lines of a Mermaid `stateDiagram-v2`; events between the same two states share one arrow. */
export const drawDiagram = ({ machine, initial, states, isFinal }: AnyLifecycle): readonly string[] => {
  const arrows = new Map<string, string[]>()
  for (const { edges } of toDirectedGraph(machine).children) {
    for (const { source, target, label } of edges) {
      const arrow = `${source.key} --> ${target.key}`
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), label.text])
    }
  }
  return [
    'stateDiagram-v2',
    `  [*] --> ${initial}`,
    ...[...arrows].map(([arrow, events]) => `  ${arrow}: ${events.join(', ')}`),
    ...states.filter((status) => isFinal(status)).map((status) => `  ${status} --> [*]`),
  ]
}

const allLifecycles = (): readonly AnyLifecycle[] =>
  Object.entries(machines)
    .filter(([name]) => name.endsWith('Lifecycle') && name !== 'hostLifecycle')
    .map(([, lifecycle]) => lifecycle as AnyLifecycle)

const docstringOf = async (name: string): Promise<string> => {
  const source = await readFile(path.join(sourceFolder, `${name}.machine.ts`), 'utf8')
  const docstring = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const \w+Machine\b/.exec(source)?.[1]
  if (docstring === undefined) throw new Error(`${name}.machine.ts has no docstring above its machine`)
  return docstring.replaceAll(/^ \* ?/gm, '').trim()
}

const drawPage = (name: string, words: string, lifecycle: AnyLifecycle): string =>
  [
    generatedNote,
    `# ${titleOf(name)}`,
    words,
    ['```mermaid', ...drawDiagram(lifecycle), '```'].join('\n'),
    'Each row is a status, each column an event; the cell is the status afterwards. An empty cell means: not allowed.',
    drawTable(lifecycle).join('\n'),
  ].join('\n\n') + '\n'

const drawIndex = (summaries: readonly string[]): string =>
  [
    generatedNote,
    '# Lifecycles',
    'Every record with a status moves along one of these machines, and along nothing else.',
    summaries.join('\n'),
  ].join('\n\n') + '\n'

const generatedNote =
  '<!-- Written by scripts/draw-machines.ts from src/state-machines; changes here are overwritten. -->'

const drawTable = ({ states, events, next, isFinal }: AnyLifecycle): readonly string[] => {
  const head = ['status', ...events]
  const rows = states.map((status) => [
    isFinal(status) ? `${status} (final)` : status,
    ...events.map((event) => next(status, event) ?? ''),
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map((row) => line(row))]
}

const titleOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`

const writePages = async (pages: ReadonlyMap<string, string>, names: readonly string[]): Promise<void> => {
  await mkdir(pagesFolder, { recursive: true })
  for (const name of names) {
    const text = pages.get(name)
    await (text === undefined
      ? rm(path.join(pagesFolder, name))
      : writeFile(path.join(pagesFolder, name), text))
  }
}

const main = async (): Promise<void> => {
  const pages = await drawPages()
  const outdated = await outdatedPages(pages, pagesFolder)
  if (!process.argv.includes('--check')) return writePages(pages, outdated)
  if (outdated.length === 0) return
  console.error(`Out of date: ${outdated.join(', ')}. Run scripts/draw-machines.ts.`)
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
