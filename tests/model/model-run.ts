export interface ModelRun {
  /** Those that were played: a run ends at its first difference. */
  readonly operations: number
  /** How often each operation had each outcome. */
  readonly outcomes: ReadonlyMap<string, number>
  /** Where engine and model disagreed; empty when they never did. */
  readonly differences: readonly string[]
}

/** Plays some operations in a shop of its own, and counts what came of each; answers the first difference. */
export type PlayShop = (
  seed: number,
  operations: number,
  outcomes: Map<string, number>,
) => Promise<readonly string[]>

/** A shop's records are not forgotten, so a shop does not live for ever: after so many operations comes the next. */
export const playShops = async (
  play: PlayShop,
  {
    seed,
    operations,
    perShop,
  }: { readonly seed: number; readonly operations: number; readonly perShop: number },
): Promise<ModelRun> => {
  const outcomes = new Map<string, number>()
  const differences: string[] = []
  for (let left = operations, shop = 0; left > 0 && differences.length === 0; shop += 1) {
    const count = Math.min(perShop, left)
    differences.push(...(await play(seed * 1_000_003 + shop, count, outcomes)))
    left -= count
  }
  let played = 0
  for (const times of outcomes.values()) played += times
  return { operations: played, outcomes, differences }
}
