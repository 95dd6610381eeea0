/**
 * Why a document is refused: it has a document type or entity definitions, exceeds a limit, is not in the encoding it says, is no well-formed
 * XML, or is neither UBL nor CII.
 */
export type UnreadableDocumentCode =
  'xml_dtd_forbidden' | 'limit_exceeded' | 'xml_encoding' | 'xml_malformed' | 'document_unknown'

/** Thrown for a document that is refused as a whole; recognized by `code`, never by `instanceof`. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument'

  constructor(
    readonly code: UnreadableDocumentCode,
    reason: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${reason}`)
  }
}
