export function inTurn<Item, Outcome>(
  workers: number,
  items: readonly Item[],
  work: (item: Item, place: number) => Promise<Outcome>,
  tell: (outcome: Outcome, item: Item) => void,
): Promise<void>
