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

/** Text as bytes, in pieces of the given size: pieces end within characters, line ends and quotes. */
export async function* inPieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
