/** How far from zero. */
export const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount)
