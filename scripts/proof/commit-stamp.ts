import { spawnSync } from 'node:child_process'

/** What a check is made of; pages are not. */
const made = ['src', 'tests', 'bench', 'scripts', 'examples', 'package.json', 'package-lock.json']

/** The commit that is checked out in a folder, and whether a check would run something else. */
export const commitStamp = (folder = '.'): string => {
  const git = (...given: readonly string[]): string =>
    spawnSync('git', given, { cwd: folder, encoding: 'utf8' }).stdout.trim()
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', ...made)
  return git('rev-parse', '--short=12', 'HEAD') + (changed === '' ? '' : ' with changes')
}
