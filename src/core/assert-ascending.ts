import { invariant } from './invariant.js'

/** A set that decisions rest on is kept in order, each name once: whoever stood in it twice would be asked or counted twice. */
export const assertAscending =
  <State>(namesOf: (state: State) => readonly string[]) =>
  (state: State): void => {
    let before = ''
    for (const name of namesOf(state)) {
      invariant(before < name, 'a set has each name once and in order')
      before = name
    }
  }
