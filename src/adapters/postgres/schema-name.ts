import { ConfigurationError } from '../../core/ports/errors.js'

/** The longest name PostgreSQL keeps; longer ones are cut without a word (NAMEDATALEN). */
const longest = 63

/** A name as it stands in SQL, whatever signs are in it. */
export const quoted = (name: string): string => {
  if (name === '' || name.includes('\0') || Buffer.byteLength(name) > longest)
    throw new ConfigurationError(
      `a name in PostgreSQL has 1 to ${longest} bytes and no NUL: ${JSON.stringify(name)}`,
    )
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as it stands in SQL. */
export const literal = (text: string): string => {
  if (text.includes('\0')) throw new ConfigurationError('a text in PostgreSQL has no NUL')
  const doubled = text.replaceAll("'", "''")
  // Read the same whatever standard_conforming_strings says.
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}
