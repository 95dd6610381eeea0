// One process of the shop. Tells its parent when it is open, waits for the doors to open, and lets its buyers in.
import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerOfBuyer, SoldOut } from './answer-of-buyer.js'
import { arrivalOf, keyOf, openShop, orderOf, unitsWantedBy, type Clerk } from './shop.js'

const now = (): number => performance.timeOrigin + performance.now()

const mostRepeats = 20

/** Asks until there is an answer. A buyer whose answer was lost or late asks again under the same key, as a browser would. */
const buy = async (clerk: Clerk, buyer: number): Promise<AnswerOfBuyer> => {
  await pause(arrivalOf(buyer))
  const askedAt = now()
  for (let repeats = 0; repeats <= mostRepeats; repeats += 1) {
    const answer = await clerk.orders.place(orderOf(buyer), { idempotencyKey: keyOf(buyer) })
    if (!answer.ok && answer.error.retry !== 'never') continue
    return {
      buyer,
      wanted: unitsWantedBy(buyer),
      askedAt,
      answeredAt: now(),
      repeats,
      outcome: answer.ok ? { kind: 'bought', order: answer.value.order } : soldOut(answer.error),
    }
  }
  throw new Error(`buyer ${buyer} never got an answer`)
}

const soldOut = (error: { readonly code: string; readonly details: unknown }): SoldOut => {
  const { shortages } = error.details as {
    readonly shortages?: readonly { readonly available: number; readonly version: number }[]
  }
  const [shortage] = shortages ?? []
  if (error.code !== 'out_of_stock' || shortage === undefined) {
    throw new Error(`refused for a reason nobody expected: ${error.code}`)
  }
  return { kind: 'sold_out', available: shortage.available, version: shortage.version }
}

const [file = '', first = '0', count = '0'] = process.argv.slice(2)
const { clerk } = await openShop(file)
process.once('message', () => {
  const buyers = Array.from({ length: Number(count) }, (_, index) => Number(first) + index)
  Promise.all(buyers.map((buyer) => buy(clerk, buyer))).then(
    (answers) => process.send?.({ answers }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.send?.({ ready: true })
