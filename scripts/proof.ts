import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { checks } from './proof/checks.js'
import { proofPage } from './proof/page.js'
import { resultOf, type Result } from './proof/result.js'
import { runChecks } from './proof/run-checks.js'

// `npm run proof` runs every part in its short form and writes docs/proof.md. `--part NAME` runs one and keeps the results of the others, `--size full` runs
// in full length, `--size none` only writes the page anew. `--command "simulate -- --seeds 5000"` runs a part in any other length; the page says which. A
// shorter run than the one the page has is printed, and kept only with `--replace`.
const given = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const place = given.indexOf(`--${name}`)
  return place < 0 ? undefined : given[place + 1]
}
const part = option('part')
const size = option('size') ?? 'quick'
if (size !== 'quick' && size !== 'full' && size !== 'none') throw new Error('--size is quick, full or none')
const wanted = checks.filter(({ name }) => size !== 'none' && (part === undefined || name === part))
if (wanted.length === 0 && size !== 'none')
  throw new Error(`no part ${part ?? ''}, only: ${checks.map(({ name }) => name).join(', ')}`)
const command = option('command')
if (command !== undefined && wanted.length !== 1) throw new Error('--command goes with one --part')

const kept = 'docs/proof.json'
const known: Readonly<Record<string, Result>> = existsSync(kept)
  ? (JSON.parse(readFileSync(kept, 'utf8')) as Record<string, Result>)
  : {}
const write = async (path: string, text: string, parser: string): Promise<void> => {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), parser }))
}
const save = async (results: Readonly<Record<string, Result>>): Promise<void> => {
  await write(kept, JSON.stringify(results), 'json')
  await write('docs/proof.md', proofPage(checks, results), 'markdown')
}

await save(known)
const held = await runChecks(
  {
    checks: wanted,
    commandOf: (check) => command ?? check[size === 'full' ? 'full' : 'quick'],
    replace: given.includes('--replace'),
    run: resultOf,
    say: (line) => {
      console.log(line)
    },
    save,
  },
  known,
)
if (!held) process.exitCode = 1
