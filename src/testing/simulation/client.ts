import type { Answer } from '../../app/answer.js'
import { commands } from '../../app/commands.js'
import type { OrderManagement } from '../../app/order-management.js'
import type { AuditReport } from '../../app/queries/verify-audit.js'
import { inWords, isUndecided, outcomeOf, type LoggedRequest } from './request-log.js'
import { mark } from './marks.js'
import { send } from './send.js'
import { detail } from './tell.js'
import type { World } from './world.js'
import type { PlannedMove } from './workload.js'

/** Beside one for each passing fault that strikes meanwhile: where clocks leap again and again, whoever is last in line runs into his deadline each time. */
const mostAttempts = 25

/** One client at work: does its moves one after another, and repeats what was not decided under the same key. */
export const runClient = async (
  world: World,
  client: number,
  moves: readonly PlannedMove[],
): Promise<void> => {
  for (const [turn, move] of moves.entries()) {
    await world.scheduler.point(`client ${client}`, 'request')
    if (move.seconds > 0) world.time.pause(move.seconds * 1_000)
    if (isWork(move.command)) await runWorker(world, client, move.command)
    else await request(world, client, turn, move)
  }
}

const request = async (world: World, client: number, turn: number, move: PlannedMove): Promise<void> => {
  const asked = world.workload.request(move, world.shadow)
  const logged: LoggedRequest = {
    client,
    request: asked,
    // Now and then nobody thinks of a key where none is needed; such a request is not repeated.
    key:
      isQuery(world, move) || (move.pick === 11 && !needsKey(asked.action))
        ? undefined
        : `client ${client} turn ${turn}`,
    invoked: world.moment(),
    answered: undefined,
    answer: undefined,
    attempts: 0,
  }
  world.requests.push(logged)
  const { key } = logged
  world.tell(() =>
    detail(
      `client ${client} asks ${asked.action} ${JSON.stringify(asked.input)}${key === undefined ? '' : ` under the key "${key}"`}`,
    ),
  )
  const deliver = (place: number) => ask(world, client, place, logged)
  switch (world.faults.strike('request')) {
    case 'duplicate_request':
      if (logged.key === undefined) await deliver(client)
      else await Promise.all([deliver(client), deliver(client + 1)])
      break
    case 'impatient_client':
      if (logged.key === undefined) await deliver(client)
      else await Promise.all([deliver(client), deliver(client), deliver(client)])
      break
    case 'host_rolls_back':
      await world.rollBack(logged.request, logged.key)
      await deliver(client)
      break
    default:
      await deliver(client)
  }
}

/** Sends it until it is decided. */
const ask = async (world: World, client: number, place: number, logged: LoggedRequest): Promise<void> => {
  const struckBefore = timesStruck(world)
  for (let attempt = 0; attempt < mostAttempts + timesStruck(world) - struckBefore; attempt += 1) {
    if (attempt > 0) await world.scheduler.point(`client ${client}`, 'repeat')
    logged.attempts += 1
    const answer = await attemptOnce(world, place + attempt, logged)
    world.tell(() => detail(`client ${client}: ${answer === undefined ? 'nobody answers' : inWords(answer)}`))
    if (answer !== undefined) {
      note(world, logged, answer)
      if (!isUndecided(answer)) return
    }
    if (logged.key === undefined) return
  }
  // Where a fault strikes for ever somebody is kept waiting on purpose; at the end of the run it has to be decided all the same.
  if (!world.faults.lasting)
    world.violations.push(`LV1 ${logged.request.action} is undecided after ${logged.attempts} attempts`)
  mark(world.marks, 'a client that gave up')
}

/** How often a fault has struck that passes. */
const timesStruck = ({ faults }: World): number =>
  faults.lasting ? 0 : [...faults.struck.values()].reduce((sum, times) => sum + times, 0)

/** `undefined` when the process died or one of its ports failed. */
const attemptOnce = async (
  world: World,
  place: number,
  { request, key }: LoggedRequest,
): Promise<Answer<unknown> | undefined> => {
  try {
    return await world.process(place).ask((oms) => send(oms, request, key))
  } catch (error) {
    if (!isExpected(error)) world.violations.push(`LV3 ${request.action} rejects: ${String(error)}`)
    return undefined
  }
}

const note = (world: World, logged: LoggedRequest, answer: Answer<unknown>): void => {
  mark(world.marks, `${logged.request.action} ${outcomeOf(answer)}`)
  if (logged.request.action === 'verifyAudit') checkAudit(world, answer)
  if (answer.replayed) mark(world.marks, 'an answer given again')
  if (logged.answer !== undefined && !isUndecided(logged.answer)) return
  logged.answer = answer
  if (!isUndecided(answer)) logged.answered = world.moment()
}

const showsLess = ['stale_read', 'partial_read', 'stale_history'] as const

/** EV7: whatever is committed while it is under way, an audit finds nothing, unless it is shown less than there is. */
const checkAudit = ({ faults, violations }: World, answer: Answer<unknown>): void => {
  if (!answer.ok || showsLess.some((kind) => faults.struck.has(kind))) return
  const { findings } = answer.value as AuditReport
  for (const { kind, id, what } of findings) violations.push(`EV7 an audit finds ${kind}/${id} ${what}`)
}

type Work = 'relay' | 'sweep' | 'release'

const isWork = (command: string): command is Work =>
  command === 'relay' || command === 'sweep' || command === 'release'

const tasks: Readonly<Record<Work, (oms: OrderManagement, world: World) => Promise<unknown>>> = {
  relay: (oms) => oms.relay(),
  sweep: (oms) => oms.sweep(),
  release: async (oms, { shadow, mailbox }) => {
    for (const { id, about } of shadow.messages)
      if (mailbox.refused.has(id)) await oms.releaseParked({ about })
  },
}

/** Those who relay, sweep and release may fail, and are called again. */
const runWorker = async (world: World, client: number, work: Work): Promise<void> => {
  try {
    await world.process(client).ask((oms) => tasks[work](oms, world))
    mark(world.marks, `${work} ok`)
    world.tell(() => detail(`client ${client}: the ${work} is done`))
  } catch (error) {
    if (!isExpected(error)) world.violations.push(`LV3 ${work} rejects: ${String(error)}`)
    mark(world.marks, `${work} failed`)
    world.tell(() => detail(`client ${client}: the ${work} fails, ${String(error)}`))
  }
}

const expectedCodes = new Set([
  'process_died',
  'injected_fault',
  'storage_unavailable',
  'deadline_exceeded',
  'outcome_unknown',
  'forbidden',
])

const isExpected = (error: unknown): boolean =>
  error instanceof Error && expectedCodes.has((error as { readonly code?: string }).code ?? '')

const isQuery = ({ workload }: World, { command }: PlannedMove): boolean =>
  workload.queries?.includes(command) === true

type Keyed = Readonly<Record<string, { readonly idempotencyKey: 'required' | 'optional' }>>

const needsKey = (action: string): boolean => {
  const [group = '', name = ''] = action.split('.')
  return (commands as Readonly<Record<string, Keyed>>)[group]?.[name]?.idempotencyKey !== 'optional'
}
