import type { TenantId } from '../ids/ids.js'

/**
 * The order in which tenants have their turn: at first whoever waits longest (`waiting` comes in that order), later round and round by their
 * names, from behind the tenant that something was taken from last.
 */
export const turnOf = (waiting: readonly TenantId[], last: TenantId | undefined): readonly TenantId[] => {
  if (last === undefined) return waiting
  const byName = [...waiting].sort()
  const behind = byName.findIndex((tenant) => tenant > last)
  return behind === -1 ? byName : [...byName.slice(behind), ...byName.slice(0, behind)]
}

/** Takes one from each tenant in turn, as long as there is any and no more than `limit`. `take` answers at most as many as it is asked for. */
export const takeInTurn = <Item>(
  tenants: readonly TenantId[],
  limit: number,
  take: (tenant: TenantId, most: number) => readonly Item[],
): readonly Item[] => {
  const taken: Item[] = []
  let waiting = tenants
  while (waiting.length > 0 && taken.length < limit) {
    const room = limit - taken.length
    const share = Math.max(1, Math.floor(room / waiting.length))
    const given = waiting.slice(0, room).map((tenant) => ({ tenant, items: take(tenant, share) }))
    const longest = Math.max(...given.map(({ items }) => items.length))
    for (let place = 0; place < longest; place += 1)
      for (const { items } of given) taken.push(...items.slice(place, place + 1))
    waiting = given.filter(({ items }) => items.length === share).map(({ tenant }) => tenant)
  }
  return taken
}
