import type { Answer } from '../../app/answer.js'
import type { OrderManagement } from '../../app/order-management.js'
import { denialKind } from '../../core/audit/denial.js'
import { canonicalJson } from '../../core/canonical-json.js'
import { keyName } from '../../core/ids/key.js'
import { reservationKind, type Reservation } from '../../core/inventory/reservation.js'
import { orderKind } from '../../core/orders/order.js'
import type { Storage } from '../../core/ports/storage.js'
import { checkDays } from './day-checks.js'
import { checkAgreedDeposits } from './deposit-checks.js'
import { checkDocuments } from './document-checks.js'
import { documentsOf } from './documents.js'
import { completeErasure } from './erase-person.js'
import { checkErasures, erasedParties } from './erasure-checks.js'
import { auditIndexes, checkEntries } from './index-audit.js'
import { checkLedgers } from './ledger-checks.js'
import { checkParcels } from './parcel-checks.js'
import { checkPromises } from './promise-checks.js'
import { isKept, isUndecided, outcomeOf } from './request-log.js'
import { salesMarksOf } from './sales-marks.js'
import { shadowTenant, type Shadow } from './shadow.js'
import { auditOthers, auditRecords } from './store-audit.js'
import { checkTerms } from './terms-checks.js'
import { undisturbedEngine, watchedStore } from './undisturbed-engine.js'
import { checkWithholdings } from './withholding-checks.js'
import { mark } from './marks.js'
import { send } from './send.js'
import type { World } from './world.js'

/**
 * After the last client has left: a new process with an empty memory opens the store, every request is sent once more, everything that waits is
 * worked off, and the whole store, opened once more, is compared with what was committed. Answers what is wrong.
 */
export const auditAfter = async (
  world: World,
  reopen: () => Promise<Storage>,
  isThorough: boolean,
): Promise<readonly string[]> => {
  const broken: string[] = []
  for (const name of salesMarksOf(world.shadow)) mark(world.marks, name)
  const auditor = undisturbedEngine(world, watchedStore(world, await reopen(), broken), 9_999)
  broken.push(...(await repeatAll(world, auditor)))
  for (const party of erasedParties(world.shadow)) await completeErasure(auditor, party)
  broken.push(...(await drain(world, auditor)))
  const store = await reopen()
  broken.push(...(await auditRecords(world.shadow, store)))
  if (isThorough) {
    broken.push(...(await auditOthers(world.shadow, store)))
    broken.push(...checkEntries(world.shadow))
    broken.push(...(await auditIndexes(world.shadow, store)))
  }
  broken.push(...checkErasures(world.shadow))
  broken.push(...checkPromises(world.shadow))
  broken.push(...checkLedgers(world.shadow))
  broken.push(...checkTerms(world.shadow))
  const documents = documentsOf(world.shadow)
  broken.push(...checkDocuments(world.shadow, documents))
  broken.push(...checkWithholdings(documents))
  broken.push(...checkAgreedDeposits(world.shadow))
  if (world.workload.plainGoods === true) broken.push(...checkParcels(world.shadow))
  if (world.workload.undated === true) broken.push(...checkDays(world.shadow))
  broken.push(...checkHolds(world))
  broken.push(...checkDenials(world))
  broken.push(...checkMessages(world))
  broken.push(...checkTold(world.shadow))
  broken.push(...(await checkParked(world, store)))
  return broken
}

/** ID1, ID9, LV1: whatever was decided is decided the same way, and whatever was not is decided now. */
const repeatAll = async (world: World, oms: OrderManagement): Promise<readonly string[]> => {
  const keyed = world.requests.filter(({ key }) => key !== undefined)
  const answers = await Promise.all(keyed.map(({ request, key }) => send(oms, request, key)))
  return answers.flatMap((answer, place) => {
    const logged = keyed[place]
    if (logged === undefined) return []
    const { answer: first, request } = logged
    logged.answer = answer
    if (first === undefined || !isKept(first)) logged.answered = world.moment()
    if (isUndecided(answer)) return [`LV1 ${request.action} stays undecided: ${outcomeOf(answer)}`]
    return first !== undefined && isKept(first) && textOf(first) !== textOf(answer)
      ? [`ID1 ${request.action} was answered ${textOf(first)} and then ${textOf(answer)}`]
      : []
  })
}

const textOf = ({ replayed: _replayed, ...answer }: Answer<unknown>): string => canonicalJson(answer)

const mostRounds = 12

/** LV4: sweeper and relay come to an end when nobody adds to their work. */
const drain = async (world: World, oms: OrderManagement): Promise<readonly string[]> => {
  world.time.agree()
  for (let round = 0; round < mostRounds; round += 1) {
    world.time.advance(round === 0 ? 61_000 : 3_700_000)
    const { expired } = await oms.sweep()
    const { claimed } = await oms.relay({ limit: 10_000 })
    if (claimed === 0 && expired === 0 && round > 0) return []
  }
  return [`LV4 there is still work after ${mostRounds} rounds of the sweeper and the relay`]
}

/** LV4: the sweeper has left no hold behind whose time is over. */
const checkHolds = ({ shadow, time }: World): readonly string[] =>
  [...shadow.records.ofKind(reservationKind.name)]
    .map(({ state }) => state as Reservation)
    .filter(({ status, expiresAt }) => status === 'held' && expiresAt <= time.storeClock.now())
    .map(({ id }) => `LV4 hold ${id} is over and still held`)

/** SE6: every denial of a command that was answered stands on record, and a policy that throws denies. */
const checkDenials = ({ shadow, marks, faults, workload }: World): readonly string[] => {
  let answered = 0
  for (const [name, times] of marks) if (name.endsWith(' forbidden')) answered += times
  let unrecorded = 0
  for (const name of workload.queries ?? []) unrecorded += marks.get(`${name} forbidden`) ?? 0
  answered -= unrecorded
  const recorded = shadow.idsOf(denialKind.name).length
  // Other faults and deadlines may have taken the denial back.
  const late = [...marks.keys()].some((name) => / (deadline_exceeded|outcome_unknown)$|failed$/.test(name))
  if (faults.struck.has('policy_throws') && faults.struck.size === 1 && !late && recorded + unrecorded === 0)
    return ['SE6 the policy threw, and nobody was denied']
  return recorded >= answered ? [] : [`SE6 ${answered} denials were answered, ${recorded} are on record`]
}

/** NO1, NO2, NO3: only what was committed is sent, under its own id, and about one record in its order. */
const checkMessages = ({ shadow, mailbox }: World): readonly string[] => {
  const broken: string[] = []
  const committed = new Map(shadow.messages.map((message) => [message.id, message]))
  const lastOf = new Map<string, number>()
  const seen = new Set<string>()
  for (const { id, topic } of mailbox.delivered) {
    const message = committed.get(id)
    if (message === undefined) {
      broken.push(`NO1 a ${topic} message was sent that nobody committed`)
      continue
    }
    if (seen.has(id)) continue
    seen.add(id)
    const about = keyName(message.about)
    const last = lastOf.get(about)
    if (last !== undefined && last > message.position)
      broken.push(`NO3 messages about ${about} went out of order`)
    lastOf.set(about, message.position)
  }
  return broken
}

/** Facts that are always told, by the events they are. */
const told: Readonly<Record<string, string>> = {
  OrderConfirmed: 'order_confirmed',
  OrderHeld: 'order_on_hold',
  OrderShipped: 'order_shipped',
  OrderClosed: 'order_closed',
}

/** NO1: no fact without its message, and no message without its fact. */
const checkTold = (shadow: Shadow): readonly string[] => {
  const balance = new Map<string, number>()
  const count = (order: string, topic: string, by: number): void => {
    balance.set(`${order} ${topic}`, (balance.get(`${order} ${topic}`) ?? 0) + by)
  }
  for (const { key, events } of shadow.records.ofKind(orderKind.name)) {
    for (const { type } of events) if (type in told) count(key.id, told[type] ?? '', 1)
  }
  const topics = new Set(Object.values(told))
  for (const { about, topic } of shadow.messages) if (topics.has(topic)) count(about.id, topic, -1)
  return [...balance].flatMap(([what, left]) =>
    left === 0 ? [] : [`NO1 order ${what}: ${left > 0 ? 'a message is missing' : 'a message too many'}`],
  )
}

/** NO1, NO5: what was not sent stands in a line whose head is parked. */
const checkParked = async ({ shadow, mailbox }: World, store: Storage): Promise<readonly string[]> => {
  const delivered = new Set(mailbox.delivered.map(({ id }) => id))
  const waiting = new Map(
    shadow.messages.filter(({ id }) => !delivered.has(id)).map(({ about }) => [keyName(about), about]),
  )
  const broken: string[] = []
  for (const [name, about] of waiting) {
    if ((await store.release(shadowTenant, about)) === 0) broken.push(`NO1 a message about ${name} was lost`)
  }
  return broken
}
