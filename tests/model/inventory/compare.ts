import { singleTenant } from '../../../src/core/ids/ids.js'
import type { StockLots } from '../../../src/core/inventory/stock-lots.js'
import type { Shop } from './shop.js'

/** Where a figure of a stock level is not what the model has on its card. */
export const compareCards = async ({ model, storage }: Shop): Promise<readonly string[]> => {
  const names = [...model.cards.keys()]
  const records = await storage.read(
    singleTenant,
    names.map((id) => ({ kind: 'stock', id })),
  )
  const levels = new Map(records.map(({ key, state }) => [key.id, state as Record<string, number>]))
  return names.flatMap((name) => {
    const level = levels.get(name)
    return Object.entries(model.cards.get(name) ?? {}).flatMap(([figure, expected]) => {
      const stored = level?.[figure] ?? 0
      return stored === expected ? [] : [`${figure} of ${name} is ${stored}, expected was ${expected}`]
    })
  })
}

interface StoredLine {
  readonly planned: number
  readonly canceled: number
  readonly shipped: number
}

/** The same for lots, holds, orders and counts: all that there is. */
export const compareAll = async (shop: Shop): Promise<readonly string[]> => {
  const { model, storage } = shop
  const stateOf = async (kind: string, id: string): Promise<Record<string, unknown>> =>
    (await storage.read(singleTenant, [{ kind, id }]))[0]?.state as Record<string, unknown>
  const differences = [...(await compareCards(shop))]
  for (const name of model.cards.keys()) {
    const [location = '', sku = ''] = name.split('/')
    const card = model.lots(location, sku)
    if (card === undefined) continue
    const { lots } = (await stateOf('stock_lots', name)) as unknown as StockLots
    const stored = lots.map(({ lot, onHand, quarantined, allocated }) => [
      lot,
      onHand,
      quarantined,
      allocated,
    ])
    const expected = card.left.map(({ lot, onHand, quarantined, allocated }) => [
      lot,
      onHand,
      quarantined,
      allocated,
    ])
    if (JSON.stringify(stored) !== JSON.stringify(expected))
      differences.push(
        `lots of ${name} are ${JSON.stringify(stored)}, expected was ${JSON.stringify(expected)}`,
      )
  }
  for (const [id, { status }] of model.counts) {
    const count = await stateOf('stock_count', id)
    if (count['status'] !== status)
      differences.push(`count ${id} is ${String(count['status'])}, expected was ${status}`)
  }
  for (const [id, { status, expiresAt }] of model.holds) {
    const hold = await stateOf('reservation', id)
    if (hold['status'] !== status)
      differences.push(`hold ${id} is ${String(hold['status'])}, expected was ${status}`)
    if (new Date(hold['expiresAt'] as string).getTime() !== expiresAt)
      differences.push(`hold ${id} ends at ${String(hold['expiresAt'])}`)
  }
  for (const [id, { lines }] of model.orders) {
    const stored = (await stateOf('order', id))['lines'] as readonly StoredLine[]
    for (const [place, { planned, canceled, shipped }] of lines.entries()) {
      const line = stored[place]
      if (line?.planned !== planned || line.canceled !== canceled || line.shipped !== shipped)
        differences.push(`line ${place + 1} of order ${id} is ${JSON.stringify(line)}`)
    }
  }
  return differences
}
