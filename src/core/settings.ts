import type { LocationId } from './ids/ids.js'

/** Limits and defaults a host may change. Every limit is a whole number of at least 1; nothing is ever "unlimited". */
export interface Settings {
  readonly limits: Limits
  /** Where lines are served from that name no location. */
  readonly defaultLocation: LocationId
  /** Days from the invoice date until payment is due, for orders on account. */
  readonly paymentTermsDays: number
  /** Longest life of a stock hold, in seconds, counted from its creation. */
  readonly longestHoldSeconds: number
  /** Channels (names of notifiers) by message topic; topics that are not listed go to every notifier. */
  readonly channelsOf: (topic: string) => readonly string[]
}

export interface Limits {
  readonly linesPerOrder: number
  readonly quantityPerLine: number
  readonly quantityPerOrder: number
  readonly bankEntriesPerStatement: number
  readonly inputDepth: number
  readonly inputCharacters: number
  /** A bank statement is one text and longer than any other input. */
  readonly statementCharacters: number
  readonly textCharacters: number
  readonly noteCharacters: number
  readonly metadataKeys: number
  readonly metadataCharacters: number
}

export const defaultLimits: Limits = {
  linesPerOrder: 500,
  quantityPerLine: 1_000_000_000,
  quantityPerOrder: 1_000_000_000,
  bankEntriesPerStatement: 10_000,
  inputDepth: 16,
  inputCharacters: 262_144,
  statementCharacters: 5_242_880,
  textCharacters: 1_024,
  noteCharacters: 4_096,
  metadataKeys: 50,
  metadataCharacters: 500,
}
