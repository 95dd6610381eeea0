import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { projectFolder } from './source.js'

export const generatedNote =
  '<!-- Written by scripts/docs-reference.ts from the source; changes here are overwritten. -->'

/** A table; columns that no row fills are left out. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const columns = head.map((_, column) => column).filter((column) => rows.some((row) => row[column] !== ''))
  const line = (cells: readonly string[]) =>
    `| ${columns.map((column) => cell(cells[column] ?? '')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A pipe ends a cell, even inside code. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

export const code = (text: string): string => `\`${text}\``

export const codes = (texts: Iterable<string>): string => [...texts].map(code).join(', ')

/** The numbers of rules in docstrings mean something to those who change the code, and nothing to those who call it. */
export const withoutRuleNumbers = (words: string): string =>
  words
    .replaceAll(/\s*\((?:row )?[A-Z]*\d+(?:(?:, | to |–|-)[A-Z]*\d+)*\)/g, '')
    .replaceAll(/^(?:[A-Z]{1,2}\d+(?:, )?)+: /g, '')

export const pageOf = async (title: string, parts: readonly string[]): Promise<string> => {
  const text = [generatedNote, `# ${title}`, ...parts.filter((part) => part !== '')].join('\n\n')
  const config = await resolveConfig(path.join(projectFolder, 'package.json'))
  return format(`${text}\n`, { ...config, parser: 'markdown' })
}
