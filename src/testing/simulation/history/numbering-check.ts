/** A document as its series numbered it, with the call that issued it. */
export interface NumberedDocument {
  readonly number: number
  readonly issuedOn: string
  readonly invoked: number
  /** Infinity while no answer has come. */
  readonly answered: number
}

/** NR1 to NR3 for all documents of one series: each number once, none missing, numbers and dates in the order of issue. Answers what is wrong. */
export const checkNumbering = (documents: readonly NumberedDocument[]): readonly string[] => {
  const broken: string[] = []
  let previous: NumberedDocument | undefined
  let latest = -Infinity
  for (const document of documents.toSorted((left, right) => left.number - right.number)) {
    const last = previous?.number ?? 0
    if (document.number === last) broken.push(`NR1 number ${last} was given twice`)
    else if (document.number !== last + 1)
      broken.push(`NR2 between ${last} and ${document.number} numbers are missing`)
    if (document.answered < latest)
      broken.push(`NR3 number ${document.number} was answered before a smaller one was asked for`)
    if (previous !== undefined && document.issuedOn < previous.issuedOn)
      broken.push(`NR3 number ${document.number} is dated before number ${last}`)
    if (document.invoked > latest) latest = document.invoked
    previous = document
  }
  return broken
}
