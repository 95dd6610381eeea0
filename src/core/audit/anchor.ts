import { z } from 'zod'
import { canonicalJson } from '../canonical-json.js'
import type { Hash } from './verify-chain.js'

/** A SHA-256 in hex: 64 characters out of `0` to `9` and `a` to `f`. */
export const hashSchema = z.string('type').regex(/^[0-9a-f]{64}$/, 'hash.format')

/** Where a record stood: how many events it had, and the hash of the newest. */
export interface AnchoredHead {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly hash: string
}

/** One hash over heads in their order, and over what `before` stands for: SHA-256(before + head), head after head. */
export const anchorOver = (before: string, heads: readonly AnchoredHead[], hash: Hash): string =>
  heads.reduce((anchor, head) => hash(anchor + canonicalJson(head)), before)
