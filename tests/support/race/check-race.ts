import { setTimeout as pause } from 'node:timers/promises'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { kindsWithHistory } from '../../../src/app/kinds.js'
import { idempotencyKind } from '../../../src/core/idempotency/idempotency-record.js'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { largestPage, type Storage } from '../../../src/core/ports/storage.js'
import { shortLease, type Outcomes, type RaceEngine, type RaceScenario } from './race-scenario.js'

/** What was raced over, and how many keys had kept an answer before. */
export interface Raced {
  readonly storage: Storage
  readonly oms: RaceEngine
  readonly keptBefore: number
}

/** What is not as it must be after a race; nothing when all is well. */
export const breachesOf = async (
  { storage, oms, keptBefore }: Raced,
  scenario: RaceScenario,
  attempts: number,
  outcomes: Outcomes,
): Promise<readonly string[]> => {
  if (scenario.delivers === true) await deliverAll(oms)
  return [
    ...differences('told', scenario.outcomes(attempts), outcomes),
    ...(await wrongLevels(oms, scenario.levels(attempts))),
    ...(await wrongRecords(oms, scenario.records(attempts))),
    ...differences(
      'answers kept under',
      { keys: keptBefore + (scenario.keptAnswers?.(attempts) ?? attempts) },
      { keys: await keptAnswers(storage) },
    ),
    ...(scenario.delivers === true ? [] : await wrongMessages(storage)),
  ]
}

/** What a process had claimed that died comes back when its lease is over. */
const deliverAll = async (oms: RaceEngine): Promise<void> => {
  for (let idle = 0; idle < 2; idle += 1) {
    while ((await oms.relay()).claimed > 0) idle = 0
    await pause(shortLease)
  }
}

const differences = (
  what: string,
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): readonly string[] =>
  [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((name) =>
    (expected[name] ?? 0) === (found[name] ?? 0)
      ? []
      : [`${what} ${name}: ${found[name] ?? 0}, not ${expected[name] ?? 0}`],
  )

/** The level itself, and the sum of its movements and of what its documents say (ST1, ST2, ST10). */
const wrongLevels = async (
  oms: OrderManagementFor,
  expected: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const found: string[] = []
  for (const [sku, figures] of Object.entries(expected)) {
    const { onHand, reserved } = await oms.orThrow.inventory.level({ sku })
    if (`${onHand}/${reserved}` !== figures) found.push(`${sku} has ${onHand}/${reserved}, not ${figures}`)
    const audit = await oms.orThrow.inventory.audit({ sku })
    if (!audit.agrees) found.push(`the audit of ${sku} finds ${JSON.stringify(audit.findings)}`)
    if (audit.unsettled.length > 0) found.push(`${sku} still moves`)
  }
  return found
}

/** Every record of every kind with its whole history (EV7, EV11), and none that nobody was told of. */
const wrongRecords = async (
  oms: OrderManagementFor,
  expected: Readonly<Record<string, number>>,
): Promise<readonly string[]> => {
  const found: string[] = []
  for (const kind of kindsWithHistory.keys()) {
    let records = 0
    let cursor: string | undefined
    do {
      const page = await oms.orThrow.verifyAudit({ kind, limit: 200, ...(cursor && { cursor }) })
      records += page.records
      for (const finding of page.findings) found.push(`verifyAudit finds ${JSON.stringify(finding)}`)
      cursor = page.next
    } while (cursor !== undefined)
    const due = expected[kind]
    if (due !== undefined && records !== due) found.push(`${records} records of kind ${kind}, not ${due}`)
  }
  return found
}

const tenant = 'main' as TenantId

const idsOf = async (storage: Storage, kind: string): Promise<readonly string[]> => {
  let page = await storage.find(tenant, { kind, limit: largestPage })
  const ids = page.items.map(({ key }) => key.id)
  while (page.next !== undefined) {
    page = await storage.find(tenant, { kind, limit: largestPage, cursor: page.next })
    ids.push(...page.items.map(({ key }) => key.id))
  }
  return ids
}

/** Under how many keys an answer is kept. */
export const keptAnswers = async (storage: Storage): Promise<number> =>
  (await idsOf(storage, idempotencyKind.name)).length

/** NO1: of each order there is one message that it was received, and none of an order that is not there. */
const wrongMessages = async (storage: Storage): Promise<readonly string[]> => {
  const due: Record<string, number> = {}
  for (const id of await idsOf(storage, orderKind.name)) due[id] = 1
  const waiting: Record<string, number> = {}
  for (;;) {
    const claimed = await storage.claim(1_000, 3_600_000)
    if (claimed.length === 0) return differences('messages of the receipt of order', due, waiting)
    for (const { about, topic } of claimed)
      if (topic === 'order_received') waiting[about.id] = (waiting[about.id] ?? 0) + 1
    // Behind it the next one about the same record can be claimed.
    await storage.settle(claimed.map((claim) => ({ ...claim, outcome: 'delivered' })))
  }
}
