import type { Version } from '../core/ids/ids.js'

/** Where a message stands in the line of its record: the version orders messages of different commits, the place those of one plan. */
export const messagePosition = (version: Version, place: number): number => version * step + place

export const versionAt = (position: number): Version => Math.floor(position / step)

const step = 1_000
