import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '../../scripts/docs-snippets.js'

const pages = async (): Promise<readonly string[]> => {
  const found = await readdir(path.join(projectFolder, 'docs'), { recursive: true })
  return ['README.md', ...found.filter((name) => name.endsWith('.md')).map((name) => path.join('docs', name))]
}

const withoutCode = (text: string): string =>
  text.replaceAll(/^```[^]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')

/** The anchors GitHub makes from the headings of a page. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )

/** Links of a page that lead nowhere. */
const brokenLinks = async (page: string): Promise<readonly string[]> => {
  const text = await readFile(path.join(projectFolder, page), 'utf8')
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  const broken: string[] = []
  for (const link of links.filter((target) => !/^[a-z]+:/.test(target))) {
    const [file = '', anchor] = link.split('#')
    const target =
      file === '' ? path.join(projectFolder, page) : path.join(projectFolder, path.dirname(page), file)
    const exists = await stat(target).then(
      () => true,
      () => false,
    )
    const reached = exists && (anchor === undefined || anchorsOf(await readFile(target, 'utf8')).has(anchor))
    if (!reached) broken.push(`${page}: ${link}`)
  }
  return broken
}

describe('links in README and docs', () => {
  it('lead to files and headings that exist', async () => {
    const broken = await Promise.all((await pages()).map(brokenLinks))
    expect(broken.flat()).toEqual([])
  })

  it('lead from the start page of docs to every page that people write', async () => {
    const folders = ['how-to', 'explanation', 'decisions']
    for (const folder of folders) {
      const index = folder === 'decisions' ? 'docs/decisions/README.md' : 'docs/README.md'
      const text = await readFile(path.join(projectFolder, index), 'utf8')
      const names = await readdir(path.join(projectFolder, 'docs', folder))
      const missing = names.filter((name) => name !== 'README.md' && !text.includes(name))
      expect(missing, folder).toEqual([])
    }
  })
})
