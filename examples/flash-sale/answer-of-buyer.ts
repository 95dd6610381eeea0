/** What one buyer was told, and when. Times are milliseconds since 1970, so that those of several processes can be compared. */
export interface AnswerOfBuyer {
  readonly buyer: number
  readonly wanted: number
  readonly askedAt: number
  readonly answeredAt: number
  /** How often the buyer asked again, under the same key, because no answer came in time. */
  readonly repeats: number
  readonly outcome: Bought | SoldOut
}

export interface Bought {
  readonly kind: 'bought'
  readonly order: string
}

/** A refusal says what was left, and at which version of the stock level: so it can be checked afterwards. */
export interface SoldOut {
  readonly kind: 'sold_out'
  readonly available: number
  readonly version: number
}

export const isBought = (answer: AnswerOfBuyer): answer is AnswerOfBuyer & { readonly outcome: Bought } =>
  answer.outcome.kind === 'bought'
