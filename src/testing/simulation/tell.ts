import { keyName } from '../../core/ids/key.js'
import type { Key } from '../../core/ids/key.js'
import type { Writes } from '../../core/ports/storage.js'

/** Is told what happens in a run, a line each, for people to read. A line is made only where somebody listens. */
export type Tell = (line: () => string) => void

export const toNobody: Tell = () => undefined

/** What came of a step, below the step. */
export const detail = (text: string): string => `     ${text}`

export const keysInWords = (keys: readonly Key[]): string => keys.map(keyName).join(', ')

export const writesInWords = ({ records, events, messages }: Writes): string =>
  [
    ...records.map(({ key, before, version, state }) =>
      state === null ? `${keyName(key)} removed` : `${keyName(key)} ${before}→${version}`,
    ),
    ...events.map(({ type }) => type),
    ...messages.map(({ topic }) => `message ${topic}`),
  ].join(', ') || 'nothing'
