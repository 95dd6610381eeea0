import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { Answer } from '../../app/answer.js'
import { denialKind } from '../../core/audit/denial.js'
import { availableOf, stockKind, type StockEvent, type StockLevel } from '../../core/inventory/stock-level.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import type { Policy } from '../../core/ports/policy.js'
import type { Storage } from '../../core/ports/storage.js'
import { unsureStorage } from '../unsure-storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { buy, keptAnswer, ordersIn, shopOver, shortagesOf, stockKeyOf, stockOf, stockUp } from './shop.js'
import { collect, conformanceCase, shortSpan, tenant } from './store-under-test.js'

export const engineCases: readonly ConformanceCase[] = [
  conformanceCase(
    'ID2 commits order, events, stock, idempotency record and messages together',
    'Whatever is written apart can be lost apart.',
    async ({ storage, another }) => {
      const shop = shopOver(storage, 1)
      await stockUp(shop, { mug: 10 })
      const buying = Promise.all([1, 2, 3].map((turn) => buy(shop, `cart-${turn}`, [['mug', 2]])))
      const seen = await watchUntil(another, buying)
      for (const answer of await buying) ok(answer.ok, refusalOf(answer))
      strictEqual(seen, 3, 'each order was seen with everything that belongs to it')
      deepStrictEqual((await stockOf(another, 'mug')).level.reserved, 6)
      strictEqual((await another.claim(10, shortSpan)).length, 3, 'one message about each order')
    },
  ),

  conformanceCase(
    'ID5 leaves nothing of a refused command but the answer under its key',
    'A refused order that has reserved something blocks the shelf for ever.',
    async ({ storage }) => {
      const shop = shopOver(storage, 1)
      await stockUp(shop, { mug: 1, tray: 5 })
      const before = { mug: await stockOf(storage, 'mug'), tray: await stockOf(storage, 'tray') }
      const refused = await buy(shop, 'cart-1', [
        ['tray', 2],
        ['mug', 2],
      ])
      const [shortage, ...more] = shortagesOf(refused)
      deepStrictEqual(
        [shortage?.sku, shortage?.wanted, shortage?.available, more.length],
        ['mug', 2, 1, 0],
        'ST6 one line too many refuses all of them',
      )
      deepStrictEqual({ mug: await stockOf(storage, 'mug'), tray: await stockOf(storage, 'tray') }, before)
      deepStrictEqual(await ordersIn(storage), [])
      deepStrictEqual(await storage.claim(10, shortSpan), [])
      const kept = await keptAnswer(storage, 'orders.place', 'cart-1')
      ok(kept !== undefined && !kept.answer.ok, 'the refusal is kept')
      strictEqual(kept.answer.refusal.code, 'out_of_stock')
    },
  ),

  conformanceCase(
    'SE6 leaves nothing of a denied command but the record that it was tried',
    'Who tried what belongs in the audit trail, and nothing of it in the books.',
    async ({ storage }) => {
      await stockUp(shopOver(storage, 1), { mug: 5 })
      const before = await stockOf(storage, 'mug')
      const denyPlacing: Policy = ({ action }) =>
        action === 'orders.place' ? { allow: false, reason: 'not this till' } : { allow: true }
      const denied = await buy(shopOver(storage, 2, denyPlacing), 'cart-1', [['mug', 1]])
      strictEqual(refusalOf(denied), 'forbidden')
      deepStrictEqual(await stockOf(storage, 'mug'), before)
      deepStrictEqual(await ordersIn(storage), [])
      deepStrictEqual(await storage.claim(10, shortSpan), [])
      strictEqual(
        await keptAnswer(storage, 'orders.place', 'cart-1'),
        undefined,
        'the key is free for who may',
      )
      const tried = await storage.find(tenant, { kind: denialKind.name })
      deepStrictEqual(
        tried.items.map((item) => item.state),
        [{ action: 'orders.place', reason: 'not this till' }],
      )
      const [key] = tried.items.map((item) => item.key)
      ok(key !== undefined)
      strictEqual((await collect(storage.history(tenant, key))).length, 1)
    },
  ),

  conformanceCase(
    'ID1 gives a repeat the stored answer, over every handle and at once, and does the thing once',
    'A customer who taps twice, or whose phone does, pays once.',
    async ({ storage, another }) => {
      const [shop, other] = [shopOver(storage, 1), shopOver(another, 2)]
      await stockUp(shop, { mug: 10 })
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, turn) => buy(turn % 2 === 0 ? shop : other, 'cart-1', [['mug', 2]])),
      )
      const [first] = answers
      ok(first?.ok, 'the order is placed')
      for (const answer of answers)
        deepStrictEqual({ ...answer, replayed: false }, { ...first, replayed: false })
      strictEqual(answers.filter((answer) => !answer.replayed).length, 1, 'one of them did it')
      deepStrictEqual(await onlyOrder(storage), first.value.order)
      strictEqual((await stockOf(storage, 'mug')).level.reserved, 2)
      strictEqual((await storage.claim(10, shortSpan)).length, 1)
    },
  ),

  conformanceCase(
    'ID5 gives a refusal again under its key, even when the goods have come in',
    'A decided answer stays decided; a client that wants a new decision takes a new key.',
    async ({ storage }) => {
      const shop = shopOver(storage, 1)
      await stockUp(shop, { mug: 1 })
      const first = await buy(shop, 'cart-1', [['mug', 2]])
      await shop.orThrow.inventory.receive({ sku: 'mug', quantity: 5 }, { idempotencyKey: 'more' })
      const again = await buy(shop, 'cart-1', [['mug', 2]])
      deepStrictEqual(shortagesOf(again), shortagesOf(first))
      deepStrictEqual([first.replayed, again.replayed], [false, true])
      ok((await buy(shop, 'cart-2', [['mug', 2]])).ok, 'a new key is a new decision')
    },
  ),

  conformanceCase(
    'ID3 refuses another input under a used key, without an effect and without a word about the first',
    'Two different orders under one key would be answered as one.',
    async ({ storage }) => {
      const shop = shopOver(storage, 1)
      await stockUp(shop, { mug: 10 })
      ok((await buy(shop, 'cart-1', [['mug', 2]])).ok)
      const reused = await buy(shop, 'cart-1', [['mug', 3]])
      strictEqual(refusalOf(reused), 'idempotency_key_reused')
      ok(
        !reused.ok && Object.keys(reused.error.details).length === 0,
        'nothing of the first request is shown',
      )
      strictEqual((await stockOf(storage, 'mug')).level.reserved, 2)
      strictEqual((await ordersIn(storage)).length, 1)
    },
  ),

  conformanceCase(
    'ID9 resolves a lost acknowledgement to exactly one effect, committed or not',
    'The connection broke during the commit: guessing either way doubles or loses the order.',
    async ({ storage, another }) => {
      const shop = shopOver(storage, 1)
      await stockUp(shop, { mug: 10 })
      for (const [turn, answers] of (
        [['committed'], ['not committed'], ['not committed', 'committed']] as const
      ).entries()) {
        const answer = await buy(shopOver(unsureStorage(storage, answers), 10 + turn), `cart-${turn}`, [
          ['mug', 1],
        ])
        ok(answer.ok, `${answers.join(', ')}: the same key tells what became of it`)
        const repeated = await buy(shopOver(another, 20 + turn), `cart-${turn}`, [['mug', 1]])
        deepStrictEqual(repeated, { ...answer, replayed: true })
      }
      strictEqual((await ordersIn(storage)).length, 3)
      strictEqual((await stockOf(storage, 'mug')).level.reserved, 3)
    },
  ),

  conformanceCase(
    'ID9 answers outcome_unknown when the store stays unsure, and the same key tells the truth later',
    'A caller that is told "failed" orders again; one that is told "unknown" asks again.',
    async ({ storage }) => {
      const shop = shopOver(storage, 1)
      await stockUp(shop, { mug: 10 })
      const forever = Array.from({ length: 100 }, () => 'committed' as const)
      const unsure = await buy(shopOver(unsureStorage(storage, forever), 2), 'cart-1', [['mug', 1]])
      strictEqual(refusalOf(unsure), 'outcome_unknown')
      ok(!unsure.ok && unsure.error.retry === 'same-key')
      const later = await buy(shop, 'cart-1', [['mug', 1]])
      ok(later.ok && later.replayed, 'it had been done')
      strictEqual((await stockOf(storage, 'mug')).level.reserved, 1)
      strictEqual((await ordersIn(storage)).length, 1)
    },
  ),

  conformanceCase(
    'ST5 ST7 sells exactly 100 units to 200 buyers over two handles, and every refusal is true',
    'Not one too many, not one too few, and nobody is sent away while there is something left.',
    async ({ storage, another }) => {
      const shops = [shopOver(storage, 1), shopOver(another, 2)]
      const [shop] = shops
      ok(shop !== undefined)
      await stockUp(shop, { mug: 100 })
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, turn) => buy(shops[turn % 2] ?? shop, `cart-${turn}`, [['mug', 1]])),
      )
      const refusals = answers.filter((answer) => !answer.ok)
      strictEqual(answers.length - refusals.length, 100)
      const { level, version } = await stockOf(storage, 'mug')
      deepStrictEqual([level.reserved, availableOf(level), version], [100, 0, 102])
      for (const refusal of refusals) {
        const [shortage] = shortagesOf(refusal)
        deepStrictEqual([shortage?.wanted, shortage?.available, shortage?.version], [1, 0, 102])
      }
    },
  ),

  conformanceCase(
    'ST7 ST11 refuses only what was missing at the version it names, when buyers want different quantities',
    'A large order may fail and a small one after it succeed; neither answer may be a guess.',
    async ({ storage, another }) => {
      const shops = [shopOver(storage, 1), shopOver(another, 2)]
      const [shop] = shops
      ok(shop !== undefined)
      await stockUp(shop, { mug: 61 })
      const wanted = (turn: number): number => 1 + ((turn * 5) % 7)
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, turn) =>
          buy(shops[turn % 2] ?? shop, `cart-${turn}`, [['mug', wanted(turn)]]),
        ),
      )
      const availableAt = await availabilityByVersion(storage, 'mug')
      let sold = 0
      for (const [turn, answer] of answers.entries()) {
        if (answer.ok) {
          sold += wanted(turn)
          continue
        }
        const [shortage] = shortagesOf(answer)
        ok(shortage !== undefined)
        const available = availableAt.get(shortage.version)
        deepStrictEqual([shortage.wanted, shortage.available], [wanted(turn), available])
        ok(shortage.wanted > shortage.available, `${shortage.wanted} wanted of ${shortage.available}`)
      }
      strictEqual((await stockOf(storage, 'mug')).level.reserved, sold)
      ok(sold <= 61 && sold > 61 - 7, `${sold} of 61 are sold`)
    },
  ),

  conformanceCase(
    'LV2 ST6 places five-line orders in opposite SKU orders without a deadlock, all lines or none',
    'Unsorted locks did fifteen orders a second, and deadlocks.',
    async ({ storage, another }) => {
      const skus = ['a', 'b', 'c', 'd', 'e']
      const shops = [shopOver(storage, 1), shopOver(another, 2)]
      const [shop] = shops
      ok(shop !== undefined)
      await stockUp(shop, Object.fromEntries(skus.map((sku, index) => [sku, 20 + index])))
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, turn) => {
          const lines = turn % 2 === 0 ? skus : skus.toReversed()
          return buy(
            shops[turn % 4 < 2 ? 0 : 1] ?? shop,
            `cart-${turn}`,
            lines.map((sku) => [sku, 1] as const),
          )
        }),
      )
      strictEqual(answers.filter((answer) => answer.ok).length, 20, 'the scarcest SKU sells out')
      for (const answer of answers) {
        if (answer.ok) continue
        deepStrictEqual(
          shortagesOf(answer).map((shortage) => [shortage.sku, shortage.available]),
          [['a', 0]],
        )
      }
      for (const sku of skus)
        strictEqual((await stockOf(storage, sku)).level.reserved, 20, `reserved of ${sku}`)
    },
  ),
]

const refusalOf = (answer: Answer<unknown>): string => (answer.ok ? 'accepted' : answer.error.code)

const onlyOrder = async (storage: Storage): Promise<string> => {
  const orders = await ordersIn(storage)
  strictEqual(orders.length, 1)
  return orders[0]?.key.id ?? ''
}

/** Looks again and again until `work` is done: an order that shows shows with all that belongs to it. Answers how many did. */
const watchUntil = async (storage: Storage, work: Promise<unknown>): Promise<number> => {
  let done = false
  void work.finally(() => {
    done = true
  })
  for (;;) {
    const last = done
    const orders = await ordersIn(storage)
    for (const [index, order] of orders.entries()) {
      const events = await collect(storage.history(tenant, order.key))
      strictEqual(events.length, order.version, 'EV9 an order shows with all its events')
      strictEqual(events.at(-1)?.hash, order.chain)
      ok((order.state as Order).status === 'placed', `${orderKind.name} ${index} is placed`)
    }
    const kept = await Promise.all(
      [1, 2, 3].map((turn) => keptAnswer(storage, 'orders.place', `cart-${turn}`)),
    )
    ok(kept.filter((answer) => answer !== undefined).length >= orders.length, 'no order without its answer')
    const { level } = await stockOf(storage, 'mug')
    ok(level.reserved >= 2 * orders.length, 'no order without its stock')
    if (last) return orders.length
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What was available after each event of a stock level, recomputed from its log. */
const availabilityByVersion = async (storage: Storage, sku: string): Promise<ReadonlyMap<number, number>> => {
  const available = new Map<number, number>()
  let level: StockLevel | undefined
  for (const { version, body } of await collect(storage.history(tenant, stockKeyOf(sku)))) {
    const { event } = JSON.parse(body) as { readonly event: StockEvent }
    level = stockKind.evolve(level, event)
    available.set(version, Math.max(0, availableOf(level)))
  }
  return available
}
