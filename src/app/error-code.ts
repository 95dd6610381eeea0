/** The `code` by which errors are recognized across the ESM and CommonJS builds; `undefined` for whatever has none. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
