/**
 * A copy with fields that the original may lack: `{ ...base, ...fields }`. To a copy that begins with a spread V8 adds a field in microseconds, twenty times
 * as long as to any other, and `Object.assign` makes a slow dictionary of more than 17 fields; hence the empty object first.
 */
export const withFields = <Base extends object, const Fields extends Partial<Base>>(
  base: Base,
  fields: Fields,
): Base & Fields => ({ ...{}, ...base, ...fields })
