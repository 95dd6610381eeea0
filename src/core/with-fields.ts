/**
 * A copy with fields that the original may lack: `{ ...base, ...fields }`. To a copy that begins with a spread V8 adds a field in microseconds, twenty times
 * as long as to any other; replacing fields that are there already is quick either way.
 */
export const withFields = <Base extends object, const Fields extends object>(
  base: Base,
  fields: Fields,
): Base & Fields => Object.assign({}, base, fields)
