import { fail, strictEqual } from 'node:assert/strict'

/** The promise rejects, and for the reason that is due: a rejection for another reason proves nothing. */
export const expectRejection = async (
  promise: Promise<unknown>,
  code: string,
  because: string,
): Promise<void> => {
  const failure = await promise.then(
    () => undefined,
    (error: unknown) =>
      error instanceof Error ? error : new Error('rejected with something that is no error'),
  )
  if (failure === undefined) fail(`${because}: it was accepted`)
  strictEqual((failure as { readonly code?: unknown }).code, code, `${because}: ${failure.message}`)
}
