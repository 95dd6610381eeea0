/** The only source of chance. */
export interface Ids {
  /** An outward id: UUIDv4, at least 122 random bits. */
  readonly random: () => string
  /** An id of an event or a message: UUIDv7 (RFC 9562), ordered by time within one process. */
  readonly ordered: () => string
  /** A number for people: 12 characters of the digits and consonants that cannot be misread, drawn by chance; hyphens may stand between them. */
  readonly number: () => string
}
