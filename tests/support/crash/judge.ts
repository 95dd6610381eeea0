import type { Answer } from '../../../src/app/answer.js'
import { kindsWithHistory } from '../../../src/app/kinds.js'
import type { OrderManagement, OrderManagementFor } from '../../../src/app/order-management.js'
import { canonicalJson } from '../../../src/core/canonical-json.js'
import type { TenantId } from '../../../src/core/ids/ids.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { createOrderManagement, trustHost } from '../../../src/index.js'
import { isDecided, type Asked, type Journal } from './journal.js'
import { commandOf, skus, startingStock } from './keep-trading.js'

/** What a crash has left. The three lists name everything that should not be. */
export interface Verdict {
  readonly asked: number
  readonly acknowledged: number
  /** Asked and never answered: the crash came between. */
  readonly unanswered: number
  /** Of those, how many had been committed all the same. */
  readonly committedUnanswered: number
  /** Acknowledgements that are not kept. */
  readonly lost: readonly string[]
  /** Half of something, or something twice. */
  readonly torn: readonly string[]
  /** Keys that do not tell what became of their command. */
  readonly unresolved: readonly string[]
}

/** A new process with an empty memory, which opens the store after the crash. */
const openAgain = (storage: Storage, told: Map<string, Set<string>>): OrderManagement =>
  createOrderManagement({
    storage,
    policy: trustHost,
    // Whoever judges has time, also on a machine that has none.
    settings: { deadline: 120_000 },
    notifiers: {
      email: {
        deliver: async ({ id, topic, content }) => {
          const name = `${topic} ${String(content['order'])}`
          told.set(name, (told.get(name) ?? new Set()).add(id))
        },
      },
    },
  })

/**
 * Asks every command of the journal again under its key, and then counts everything there is: each command has had exactly one effect, and all that it
 * changes was changed together.
 */
export const judge = async (
  storage: Storage,
  tenant: string,
  journal: Pick<Journal, 'asked'>,
): Promise<Verdict> => {
  const told = new Map<string, Set<string>>()
  const all = openAgain(storage, told)
  const oms = all.as({ tenant, actor: { kind: 'service', id: 'till' } })
  const asked = [...journal.asked.values()]
  const known = asked.filter(({ answer }) => isDecided(answer))
  const open = asked.filter(({ answer }) => !isDecided(answer))
  const lost: string[] = []
  const unresolved: string[] = []
  const decided: Decided[] = []

  await Promise.all(
    known.map(async (one) => {
      const again = await repeat(oms, one)
      if (!again.replayed || contentOf(again) !== contentOf(one.answer))
        lost.push(
          `${one.command} ${one.key} was answered ${contentOf(one.answer)}, and now ${contentOf(again)}`,
        )
      decided.push({ ...one, answer: again })
    }),
  )

  let committedUnanswered = 0
  for (const one of open) {
    const first = await repeat(oms, one)
    const second = await repeat(oms, one)
    if (first.replayed) committedUnanswered += 1
    if (!isDecided(first) || !second.replayed || contentOf(first) !== contentOf(second))
      unresolved.push(
        `${one.command} ${one.key} is answered ${contentOf(first)}, and then ${contentOf(second)}`,
      )
    decided.push({ ...one, answer: second })
  }

  for (let claimed = 1; claimed > 0;) ({ claimed } = await all.relay({ limit: 10_000 }))

  const torn = await count(storage, tenant, oms, decided, told)
  return {
    asked: asked.length,
    acknowledged: known.length,
    unanswered: open.length,
    committedUnanswered,
    lost,
    torn,
    unresolved,
  }
}

interface Decided extends Asked {
  readonly answer: Answer<unknown>
}

const repeat = (oms: OrderManagementFor, { command, input, key }: Asked): Promise<Answer<unknown>> =>
  commandOf(oms, command)(input as never, { idempotencyKey: key })

const contentOf = (answer: Answer<unknown> | undefined): string => {
  if (answer === undefined) return 'nothing'
  const { replayed: _replayed, ...content } = answer
  return canonicalJson(content)
}

const count = async (
  storage: Storage,
  tenant: string,
  oms: OrderManagementFor,
  decided: readonly Decided[],
  told: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<readonly string[]> => {
  const torn: string[] = []
  const expect = (what: string, found: unknown, due: unknown): void => {
    if (found !== due) torn.push(`${what}: found ${String(found)}, due ${String(due)}`)
  }
  for (const { command, key, answer } of decided)
    if (!answer.ok) torn.push(`${command} ${key} was refused: ${answer.error.code}`)
  const done = (command: string): readonly Decided[] =>
    decided.filter((one) => one.command === command && one.answer.ok)

  for (const [kind, command] of [
    ['order', 'orders.place'],
    ['shipment', 'fulfillments.pack'],
    ['invoice', 'shipments.ship'],
    ['payment', 'payments.record'],
  ] as const) {
    expect(`ID1 ${kind} records`, await countOf(storage, tenant, kind), done(command).length)
  }

  const [placed, canceled, shipped] = [
    unitsPlaced(done('orders.place')),
    done('orders.cancel'),
    done('shipments.ship'),
  ]
  const unitsOf = (many: readonly Decided[]): number =>
    many.reduce((sum, one) => sum + (placed.get(orderOf(one)) ?? 0), 0)
  const sold = unitsOf(shipped)
  const reserved = [...placed.values()].reduce((sum, units) => sum + units, 0) - unitsOf(canceled) - sold
  for (const sku of skus) {
    if (!done('inventory.receive').some(({ input }) => (input as { readonly sku: string }).sku === sku))
      continue
    const [level] = await storage.read(tenant as TenantId, [{ kind: 'stock', id: `main/${sku}` }])
    const state = level?.state as { readonly onHand: number; readonly reserved: number } | undefined
    expect(`EV9 on hand of ${sku}`, state?.onHand, startingStock - sold)
    expect(`ST2 reserved of ${sku}`, state?.reserved, reserved)
    const audit = await oms.orThrow.inventory.audit({ sku })
    if (!audit.agrees) torn.push(`ST10 the audit of ${sku} finds ${JSON.stringify(audit.findings)}`)
  }

  if (shipped.length > 0) {
    for (let cursor: string | undefined; ;) {
      const numbering = await oms.orThrow.invoices.verifyNumbering({
        series: 'invoice',
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      })
      cursor = numbering.next
      if (numbering.findings.length > 0) torn.push(`NR1 numbering: ${JSON.stringify(numbering.findings)}`)
      if (cursor !== undefined) continue
      expect('NR1 last invoice number', numbering.last, shipped.length)
      expect('NR1 the whole series is intact', numbering.intact, true)
      break
    }
  }
  for (const kind of kindsWithHistory.keys()) {
    for (let cursor: string | undefined; ;) {
      const page = await oms.orThrow.verifyAudit({
        kind,
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      })
      if (!page.intact) torn.push(`EV11 ${kind}: ${JSON.stringify(page.findings)}`)
      cursor = page.next
      if (cursor === undefined) break
    }
  }
  for (const one of done('orders.confirm'))
    expect(`NO1 messages of ${orderOf(one)}`, told.get(`order_confirmed ${orderOf(one)}`)?.size ?? 0, 1)
  return torn
}

const orderOf = ({ answer }: Decided): string =>
  answer.ok ? (answer.value as { readonly order: string }).order : ''

/** Units of each SKU, by order. */
const unitsPlaced = (placements: readonly Decided[]): ReadonlyMap<string, number> =>
  new Map(
    placements.map((one) => [
      orderOf(one),
      (one.input as { readonly lines: readonly { readonly quantity: number }[] }).lines[0]?.quantity ?? 0,
    ]),
  )

const countOf = async (storage: Storage, tenant: string, kind: string): Promise<number> => {
  let found = 0
  for (let cursor: string | undefined; ;) {
    const page = await storage.find(tenant as TenantId, {
      kind,
      limit: 200,
      ...(cursor !== undefined && { cursor }),
    })
    found += page.items.length
    cursor = page.next
    if (cursor === undefined) return found
  }
}
