import type { CommandTally } from './command-tally.js'
import { grouped } from './progress.js'

/** How many commands did something, and how many an earlier run had done. */
export const commandsLine = ({ done, replayed }: CommandTally): string => {
  if (replayed === 0) return `commands        ${grouped(done)}`
  return done === 0
    ? `commands        ${grouped(replayed)}, all of them done by an earlier run: nothing new was written`
    : `commands        ${grouped(done)} new, ${grouped(replayed)} done by an earlier run`
}
