import { expect } from 'vitest'
import type { UnreadableFile } from 'orderwright/csv'

type Refusal = Pick<UnreadableFile, 'code' | 'issues' | 'details'>

/** What a file that is refused as a whole is refused for. */
export const refusedFile = async (reading: Promise<unknown>): Promise<Refusal> => {
  const outcome: unknown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(outcome).toMatchObject({ name: 'UnreadableFile' })
  const { code, issues, details } = outcome as UnreadableFile
  return { code, issues, details }
}
