// Bugs that somebody could make, planted one at a time by `npm run mutants`: `find` stands exactly once in `file` and is replaced.

const plant = (folder) => (name, file, find, replace, also) => ({
  name,
  edits: [{ file: `src/${folder}/${file}.ts`, find, replace }, ...(also?.edits ?? [])],
})

const shell = plant('app')
const core = plant('core')
const memory = plant('adapters/memory')

const updateCall = `await storage.update(tenant, keys.list, (locked, now) =>
        decideBatch(batch, workingRecords(locked, keys), now, outcomes),
      )`

/** Writes of the batch that are kept back and written in a second commit. */
const apart = (part) => `let later: Writes | undefined
      await storage.update(tenant, keys.list, (locked, now) => {
        const all = decideBatch(batch, workingRecords(locked, keys), now, outcomes)
        const isLater = (key: Key) => key.kind === '${part}'
        later = { records: all.records.filter(({ key }) => isLater(key)), events: [], messages: ${part === 'messages' ? 'all.messages' : '[]'} }
        return { ...all, records: all.records.filter(({ key }) => !isLater(key)), messages: ${part === 'messages' ? '[]' : 'all.messages'} }
      })
      const rest = later as Writes | undefined
      if (rest !== undefined) await storage.update(tenant, keys.list, () => rest)`

/** Records of one kind are read before the lock; what is written says what it was locked at. */
const readBefore = (
  kind,
) => `const before = new Map((await storage.read(tenant, keys.list)).map((record) => [record.key.kind + '/' + record.key.id, record]))
      await storage.update(tenant, keys.list, (locked, now) => {
        const seen = { get: (key: Key) => { const record = locked.get(key); return key.kind === '${kind}' ? before.get(key.kind + '/' + key.id) : record } }
        const writes = decideBatch(batch, workingRecords(seen, keys), now, outcomes)
        return { ...writes, records: writes.records.map((write) => ({ ...write, before: locked.get(write.key)?.version ?? 0 })) }
      })`

export const plantedBugs = [
  // The engine's shell.
  shell('idempotency row written apart', 'batcher', updateCall, apart('idempotency')),
  shell('outbox written apart', 'batcher', updateCall, apart('messages')),
  shell(
    'decided on what was read before the lock',
    'batcher',
    updateCall,
    `const before = new Map((await storage.read(tenant, keys.list)).map((record) => [record.key.kind + '/' + record.key.id, record]))
      await storage.update(tenant, keys.list, (locked, now) => {
        const seen = { get: (key: Key) => { locked.get(key); return before.get(key.kind + '/' + key.id) } }
        const writes = decideBatch(batch, workingRecords(seen, keys), now, outcomes)
        return { ...writes, records: writes.records.map((write) => ({ ...write, before: locked.get(write.key)?.version ?? 0 })) }
      })`,
  ),
  shell(
    'half a changeset: the last record of a large batch is left out',
    'batcher',
    updateCall,
    `await storage.update(tenant, keys.list, (locked, now) => {
        const all = decideBatch(batch, workingRecords(locked, keys), now, outcomes)
        return all.records.length < 6 ? all : { ...all, records: all.records.slice(0, -1) }
      })`,
  ),
  shell(
    'the second decision of a conflict builds on the first',
    'batcher',
    updateCall,
    `let kept: WorkingRecords | undefined
      await storage.update(tenant, keys.list, (locked, now) =>
        decideBatch(batch, (kept ??= workingRecords(locked, keys)), now, outcomes),
      )`,
  ),
  shell(
    'what arrived while a batch was committed is forgotten',
    'batcher',
    `queue = [...again, ...queue]`,
    `queue = again`,
  ),
  shell('what is to be done again is forgotten', 'batcher', `queue = [...again, ...queue]`, `queue = queue`),
  shell(
    'one command that breaks takes its neighbors with it',
    'batcher',
    `await commitBatch(batch.slice(middle))`,
    `void middle`,
  ),
  shell(
    'a write that is never answered stops the tenant',
    'batcher',
    `if (underWay !== undefined && areAnswered(inFlight)) giveUp(underWay)`,
    `void giveUp`,
  ),
  shell(
    'commands of a batch do not see each other',
    'working-records',
    `return (records[place] ??= workingCopy(locked.get(key)))`,
    `return (records[place] = workingCopy(locked.get(key)))`,
    // The store refuses two writes of one record, and the halves of the batch would be right: the last one wins here.
    shell(
      '',
      'working-records',
      `records: changed.map(writeOf),`,
      `records: [...new Map(changed.map((one) => [one.key.kind + '/' + one.key.id, one])).values()].map(writeOf),`,
    ),
  ),
  shell(
    'the chain of a record starts anew in every batch',
    'working-records',
    `chain: stored?.chain ?? '',`,
    `chain: '',`,
  ),
  shell(
    'answers are not kept',
    'execution',
    `if (idempotencyKey !== undefined && idempotency !== undefined) {`,
    `if (idempotencyKey !== undefined && idempotency !== undefined && idempotency.key === '') {`,
  ),
  shell(
    'only successes are kept',
    'execution',
    `if (idempotencyKey !== undefined && idempotency !== undefined) {`,
    `if (idempotencyKey !== undefined && idempotency !== undefined && planned.ok) {`,
  ),
  shell(
    'the version in the answer is the one before',
    'execution',
    `: change.before + Math.max(1, change.events.length)
}`,
    `: change.before
}`,
  ),
  shell(
    'a denial leaves no record',
    'execution',
    `return deny(records, facts, parts, denied, envelope, now)`,
    `return { ok: false, error: answerError('forbidden', { reason: denied }), replayed: false }`,
  ),
  shell(
    'ids are drawn again for every decision',
    'drawn-ids',
    `if (known !== undefined) return known`,
    `if (known === '') return known`,
  ),
  shell(
    'events count from the wrong version',
    'record-events',
    `let version = change.before`,
    `let version = Math.max(0, change.before - 1)`,
  ),
  shell('events are chained to nothing', 'record-events', `chain = hash(chain + body)`, `chain = hash(body)`),
  shell(
    'the sweeper leaves the first hold of every page',
    'sweep',
    `if (first !== undefined) count(counts, await expire(first))`,
    `void first`,
  ),
  shell(
    'a delivery that failed is settled as delivered',
    'relay',
    `: { ...claim, outcome: 'retry', at: plus(parts.clock.now(), retryDelay(attempts, retryAfter)), reason }`,
    `: { ...claim, outcome: 'delivered' }`,
  ),
  shell(
    'messages are settled before they are sent',
    'relay',
    `await notifier.deliver(notification)`,
    `await parts.storage.settle([{ tenant: message.tenant, id: message.id, fence: message.fence, outcome: 'delivered' }])
  await notifier.deliver(notification)`,
  ),
  shell(
    'a message gets a new id for every attempt',
    'relay',
    `const notification: Notification = {
    id: message.id,`,
    `const notification: Notification = {
    id: message.id + message.attempts,`,
  ),
  core(
    'only what is new says what it is found by',
    'plan',
    `record.entries = kind.entries(state as NonNullable<typeof state>)`,
    `record.entries = record.before > 0 ? {} : kind.entries(state as NonNullable<typeof state>)`,
  ),
  shell(
    'a record is found by what the first command of a batch made of it',
    'working-records',
    `record.entries = change.entries`,
    `record.entries ??= change.entries`,
  ),
  shell(
    'an audit takes for forged what was committed while it was under way',
    'queries/verify-record',
    `if (versionOf(later) < head.version)`,
    `if (versionOf(record) < head.version || later === undefined)`,
  ),
  shell(
    'a history that breaks off is taken for the whole',
    'run-query',
    `yield* parts.storage.history(tenant, key, after)`,
    `try {
        yield* parts.storage.history(tenant, key, after)
      } catch {
        return
      }`,
  ),
  core(
    'a day is that of the zone of the host',
    'time/local-date',
    `instant.slice(0, 10) as LocalDate`,
    `new Date(new Date(instant).getTime() - 60_000 * new Date(instant).getTimezoneOffset()).toISOString().slice(0, 10) as LocalDate`,
  ),
  core(
    'somebody who was erased goes on to order',
    'flows/order-content',
    `customer?.status !== 'active'`,
    `customer === undefined`,
  ),
  core(
    'the personal data of somebody who was erased are kept',
    'flows/erase-party',
    `erase(personalDataKind, party.id)`,
    `work.find(personalDataKind, party.id)`,
  ),
  core(
    'the name of a person stands beside its number',
    'flows/register-party',
    `work.put(partyNumberKind, number, { party: id })`,
    `work.put(partyNumberKind, number, { party: id, name } as never)`,
  ),
  core(
    'the telephone number and the street of a person stand beside its number',
    'flows/register-party',
    `work.put(partyNumberKind, number, { party: id })`,
    `work.put(partyNumberKind, number, { party: id, phone, street: addresses[0]?.address.street } as never)`,
  ),
  // The memory store.
  memory(
    'half of a large commit is written',
    'memory-storage',
    `for (const { key, version, state, entries, chain } of writes.records) {`,
    `for (const { key, version, state, entries, chain } of writes.records.slice(0, 5)) {`,
  ),
  memory(
    'the second message of a record is claimed before the first is delivered',
    'memory-outbox',
    `.flatMap(([head]) => (`,
    `.flatMap((line) => line.slice(0, 2)).flatMap((head) => (`,
  ),
  memory(
    'messages stand in the order in which they came',
    'memory-outbox',
    `line.sort((left, right) => left.message.position - right.message.position)`,
    `line.reverse()`,
  ),
  memory(
    'a message that is claimed is gone',
    'memory-outbox',
    `head.dueAt = plus(now, lease)`,
    `head.dueAt = plus(now, lease * 100_000)`,
  ),
  memory(
    'parked messages are dropped',
    'memory-outbox',
    `else head.parked = true`,
    `else remove(lines, nameOf(head.tenant, head.message.about))`,
  ),
  memory(
    'a message is claimed for a millisecond',
    'memory-outbox',
    `head.dueAt = plus(now, lease)`,
    `head.dueAt = plus(now, Math.min(1, lease))`,
  ),
  memory(
    'a message that was delivered comes again under its record',
    'memory-outbox',
    `lineOfMessage.delete(result.id)`,
    `lines.set(lineOfMessage.get(result.id) ?? '', [head, ...(lines.get(lineOfMessage.get(result.id) ?? '') ?? [])])`,
  ),
  memory(
    'a record that is removed stays',
    'memory-storage',
    `if (state === null) tenant.records.delete(key)`,
    `if (state === null) tenant.records.get(key)`,
  ),
  memory(
    'a record that is removed is still listed',
    'memory-storage',
    `if (state === null) tenant.records.delete(key)`,
    `if (state === null) { const gone = tenant.records.get(key); tenant.records.delete(key); if (gone !== undefined) tenant.records.set({ kind: key.kind, id: key.id + ' ' }, gone) }`,
  ),
  memory(
    'a payment is written twice, the second time under an id that nobody knows',
    'memory-storage',
    `else tenant.records.set(key, { key, version, state, entries, chain })`,
    `else { tenant.records.set(key, { key, version, state, entries, chain }); const again = { kind: key.kind, id: key.id + ' again' }; if (key.kind === 'payment') tenant.records.set(again, { key: again, version, state, entries: {}, chain }) }`,
  ),
  memory(
    'a record is found by what it was at first',
    'memory-storage',
    `else tenant.records.set(key, { key, version, state, entries, chain })`,
    `else tenant.records.set(key, { key, version, state, entries: tenant.records.get(key)?.entries ?? entries, chain })`,
  ),
  memory(
    'an invoice is found by what it was at first',
    'memory-storage',
    `else tenant.records.set(key, { key, version, state, entries, chain })`,
    `else tenant.records.set(key, { key, version, state, entries: (key.kind === 'invoice' ? tenant.records.get(key)?.entries : undefined) ?? entries, chain })`,
  ),
  memory(
    'every tenant sees the first one',
    'memory-storage',
    `let known = tenants.get(tenant)`,
    `let known = [...tenants.values()][0]`,
  ),
  memory(
    'a list backwards is one of equals forwards',
    'memory-query',
    `found.sort((left, right) => direction * comparePlaces(placeOf(left), placeOf(right)))`,
    `found.sort((left, right) => direction * compareValues(placeOf(left)[0], placeOf(right)[0]) || compareValues(left.key.id, right.key.id))`,
  ),
  memory(
    'the newest event of a history is not shown',
    'memory-storage',
    `if (event.version > after) yield event`,
    `if (event.version > after && event.version % 7 !== 6) yield event`,
  ),
  memory(
    'events are lost',
    'memory-storage',
    `else known.push(event)`,
    `else if (event.version % 5 !== 4) known.push(event)`,
  ),
  // Holds.
  core(
    'a hold may be extended at its very end',
    'inventory/reservation-decider',
    `return status === 'expired' || isAtOrAfter(now, reservation.expiresAt)`,
    `return status === 'expired' || now > reservation.expiresAt`,
  ),
  core(
    'a hold expires before its end',
    'inventory/reservation-decider',
    `return isAtOrAfter(now, reservation.expiresAt)
        ?`,
    `return reservation.expiresAt !== now
        ?`,
  ),
  core(
    'a hold expires twice',
    'inventory/reservation-decider',
    `? whenAllowed(reservation, 'expire', [{ type: 'HoldExpired' }])`,
    `? ok([{ type: 'HoldExpired' }])`,
  ),
  core(
    'a hold is released twice',
    'inventory/reservation-decider',
    `? whenAllowed(reservation, 'release', [{ type: 'HoldReleased', reason: command.reason }])`,
    `? ok([{ type: 'HoldReleased', reason: command.reason }])`,
  ),
  core(
    'a committed hold may be committed again',
    'inventory/reservation-decider',
    `if (status === 'committed' || status === 'shipped' || status === 'canceled')`,
    `if (status === 'shipped' || status === 'canceled')`,
  ),
  core(
    'a hold lives longer than the longest life',
    'inventory/reservation-decider',
    `const wanted = command.until < latest ? command.until : latest`,
    `const wanted = command.until`,
  ),
  core(
    'an extension shortens a hold',
    'inventory/reservation-decider',
    `expiresAt: wanted > expiresAt ? wanted : expiresAt`,
    `expiresAt: wanted`,
  ),
  // Stock.
  core(
    'shipping leaves the reservation',
    'inventory/stock-level',
    `case 'StockShipped':
      return { ...known, onHand: known.onHand - event.quantity, reserved: known.reserved - event.quantity }`,
    `case 'StockShipped':
      return { ...known, onHand: known.onHand - event.quantity, reserved: known.reserved - event.quantity + 1 }`,
  ),
  core(
    'demand is not summed per level',
    'inventory/reserve-stock',
    `else known.quantity += quantity`,
    `else known.quantity = Math.max(known.quantity, quantity)`,
  ),
  core(
    'the last unit is refused',
    'inventory/reserve-stock',
    `if (quantity <= available) {`,
    `if (quantity < available) {`,
  ),
  core(
    'one unit too many is promised',
    'inventory/reserve-stock',
    `if (quantity <= available) {`,
    `if (quantity <= available + 1) {`,
  ),
  core(
    'a count may fall below what is reserved',
    'inventory/stock-level-decider',
    `usable(after) >= backedOf(level) ? ok(events) : belowReserved(level)`,
    `usable(after) + 1 >= backedOf(level) ? ok(events) : belowReserved(level)`,
  ),
  // Orders.
  // Money.
  core(
    'more may be credited on an invoice than it billed',
    'invoicing/credit-units',
    `if (quantity > limit) return`,
    `if (quantity > billed.quantity) return`,
    core(
      '',
      'orders/order-billing-decider',
      `(line) => line.invoiced - line.credited, {`,
      `(line) => line.invoiced, {`,
    ),
  ),
  core(
    'more may be applied to an invoice than is open',
    'invoicing/invoice-decider',
    `if (compare(amount, open) > 0) return refuse('allocation_exceeds_invoice', { invoice: invoice.id, open })
  const { discount }`,
    `if (compare(amount, invoice.total) > 0) return refuse('allocation_exceeds_invoice', { invoice: invoice.id, open })
  const { discount }`,
  ),
  core(
    'more may be applied than is left of a payment',
    'payments/payment-decider',
    `return compare(amount, unapplied) > 0`,
    `return compare(amount, payment.amount) > 0`,
  ),
  core(
    'more may be paid back than is left',
    'payments/payment-decider',
    `const refundable = unappliedAmount(payment)`,
    `const refundable = payment.amount`,
  ),
  core(
    'a refund is counted once only',
    'payments/payment',
    `(rest, { amount }) => subtract(rest, amount),
        subtract(payment.amount, payment.refunded),`,
    `(rest, { amount }) => subtract(rest, amount),
        payment.amount,`,
  ),
  core(
    'a number is left out',
    'invoicing/number-series',
    `const number = (known?.last ?? 0) + 1`,
    `const number = (known?.last ?? 0) + ((known?.last ?? 0) % 3 === 2 ? 2 : 1)`,
  ),
  core(
    'a number is given twice',
    'invoicing/number-series',
    `const number = (known?.last ?? 0) + 1`,
    `const number = Math.max(1, (known?.last ?? 0) + ((known?.last ?? 0) % 3 === 2 ? 0 : 1))`,
  ),
  core(
    'a document is dated before the last one',
    'invoicing/number-series',
    `const issuedOn = known === undefined ? numbered.date : laterOf(known.lastIssuedOn, numbered.date)`,
    `const issuedOn = numbered.date`,
  ),
  shell(
    'an unknown outcome is taken for success',
    'batcher',
    `await failed(batch, error)
      return`,
    `if (codeOf(error) === 'outcome_unknown') for (const waiting of batch) settle(waiting, outcomes.get(waiting), [])
      else await failed(batch, error)
      return`,
  ),
  shell(
    'a deadline of the store is taken for success',
    'batcher',
    `await failed(batch, error)
      return`,
    `if (codeOf(error) === 'deadline_exceeded') for (const waiting of batch) settle(waiting, outcomes.get(waiting), [])
      else await failed(batch, error)
      return`,
  ),
  shell(
    'a store that is away is taken for success',
    'batcher',
    `await failed(batch, error)
      return`,
    `if (codeOf(error) === 'storage_unavailable') for (const waiting of batch) settle(waiting, outcomes.get(waiting), [])
      else await failed(batch, error)
      return`,
  ),
  shell(
    'an unknown outcome is tried again under another key',
    'batcher',
    `const repeatable = batch.filter((waiting) => waiting.execution.repeatable && mayAskAgain(waiting))`,
    `const repeatable = batch.filter((waiting) => mayAskAgain(waiting))
      for (const { execution } of repeatable) Object.assign(execution, { decide: ((original) => (records: WorkingRecords, now: Instant) => original({ ...records, facts: { find: (key) => key.kind === 'idempotency' ? undefined : records.facts.find(key) } }, now))(execution.decide) })`,
  ),
  shell(
    'a policy that throws allows',
    'execution',
    `return { allow: false, reason: 'the policy failed' }`,
    `return { allow: true }`,
  ),
  core(
    'what is reserved counts only in part',
    'inventory/stock-level',
    `  level.reserved -
  (level.shorted ?? 0)`,
    `  Math.floor(level.reserved / 2) -
  (level.shorted ?? 0)`,
  ),
  core(
    'safety stock is sold',
    'inventory/stock-level',
    `  level.safetyStock +
`,
    `  0 +
`,
  ),
  core(
    'the backorder allowance counts twice',
    'inventory/stock-level',
    `  level.backorderAllowance -
  level.reserved -`,
    `  2 * level.backorderAllowance -
  level.reserved -`,
  ),
  core(
    'a receipt is counted twice',
    'inventory/stock-level',
    `case 'StockReserved':`,
    `case 'StockReserved':
      if (known.onHand > 12) return { ...known, onHand: known.onHand + 1, reserved: known.reserved + event.quantity }`,
  ),
  core(
    'what a line has shipped is still planned',
    'orders/order',
    `planned: line.planned - quantity,`,
    `planned: line.planned,`,
  ),
  core(
    'what is billed is not counted',
    'orders/order-billing',
    `invoiced: line.invoiced + quantity`,
    `invoiced: line.invoiced + (quantity > 1 ? quantity - 1 : quantity)`,
  ),
  core(
    'what is credited is not counted',
    'orders/order-billing',
    `credited: line.credited + quantity`,
    `credited: line.credited + (line.credited > 0 ? 0 : quantity)`,
  ),
  core(
    'an order is promised without its stock',
    'inventory/reserve-stock',
    `for (const demand of wanted) {`,
    `for (const demand of wanted.slice(0, 2)) {`,
  ),
  core(
    'all of an order or some of it',
    'inventory/reserve-stock',
    `if (shortages.length > 0) return`,
    `if (shortages.length > 1) return`,
  ),
  core(
    'the surplus of a hold stays reserved',
    'flows/take-held-stock',
    `return quantity > 0 ? [{ ...demand, quantity }] : []`,
    `return quantity > 1 ? [{ ...demand, quantity }] : []`,
  ),
  core(
    'a hold that is committed is still held',
    'flows/take-held-stock',
    `const after = work.append(reservationKind, reservation.id, committed.value)`,
    `const after = reservation`,
  ),
  core(
    'a hold that expires keeps its stock',
    'flows/expire-holds',
    `const held = heldBack(work, reservation.lines, source)`,
    `const held = heldBack(work, reservation.lines.slice(1), source)`,
  ),
  core(
    'a release frees one level only',
    'flows/release-hold',
    `const held = heldBack(work, reservation.lines, source)`,
    `const held = heldBack(work, reservation.lines.slice(0, 1), source)`,
  ),
  core(
    'units that are given up are gone for good',
    'flows/cancel-order',
    `if (quantity === 0) return []`,
    `if (quantity < 2) return []`,
  ),
  core(
    'an invoice never settles twice but is paid twice',
    'invoicing/invoice-kind',
    `paid: add(invoice.paid, event.amount),`,
    `paid: event.amount,`,
  ),
  core(
    'a second credit note replaces the first',
    'invoicing/invoice-kind',
    `credited: add(invoice.credited, amount),`,
    `credited: amount,`,
  ),
  core(
    'a refund is forgotten by the next',
    'payments/payment',
    `refunded: add(payment.refunded, event.amount),`,
    `refunded: event.amount,`,
  ),
  core(
    'the last line of a bill is rounded away',
    'flows/billed-amounts',
    `return quantity === undefined ? [] : [plainLine(line, quantity)]`,
    `return quantity === undefined || quantity > 2 ? [] : [plainLine(line, quantity)]`,
  ),
  core(
    'work that is given up stays planned',
    'orders/order',
    `return counted(order, event.lines, (line, quantity) => ({ ...line, planned: line.planned - quantity }))`,
    `return counted(order, event.lines, (line) => line)`,
  ),
  core(
    'goods arrive more often than they left',
    'orders/order-decider',
    `(line) => line.shipped - line.delivered - (line.lost ?? 0), {`,
    `(line) => line.shipped, {`,
    core(
      '',
      'shipping/shipment-decider',
      `shipmentLifecycle.allows(shipment.status, `,
      `((): boolean => true)(`,
    ),
  ),
  memory(
    'a store that lets two write over each other',
    'memory-storage',
    `if (!isNew && !(lock === 'held' && write.before === current)) {`,
    `if (!isNew && lock !== 'held') {`,
    shell(
      '',
      'batcher',
      `const keys = keysOf(batch)`,
      `const keys = keysOf(batch)
      const seen = new Map((await storage.read(tenant, keys.list)).map((record) => [record.key.kind + '/' + record.key.id, record]))`,
      shell(
        '',
        'batcher',
        `decideBatch(batch, workingRecords(locked, keys), now, outcomes)`,
        `decideBatch(batch, workingRecords({ get: (key) => { locked.get(key); return seen.get(key.kind + '/' + key.id) } }, keys), now, outcomes)`,
      ),
    ),
  ),
  shell(
    'a denial is written again when its acknowledgement was lost',
    'execution',
    `if (facts.find(key) !== undefined) return refused`,
    `facts.find(key)`,
  ),
  shell(
    'a plan counts before its messages have their ids',
    'execution',
    `const messages = messagesOf(plan, parts.settings, records.facts, drawId, now)
  for (const { change, events } of recorded) records.accept(change, events)`,
    `for (const { change, events } of recorded) records.accept(change, events)
  const messages = messagesOf(plan, parts.settings, records.facts, drawId, now)`,
  ),
  // What is sold: prices, promotions, deposits, documents.
  shell(
    'the uses of a promotion are counted outside the lock',
    'batcher',
    updateCall,
    readBefore('promotion_uses'),
  ),
  shell(
    'prices are asked of a list as it was before the lock',
    'batcher',
    updateCall,
    readBefore('sku_prices'),
  ),
  core(
    'a draft whose promotion is used up is placed with it',
    'flows/redeem-promotions',
    `if (most !== undefined && uses >= most) {`,
    `if (most !== undefined && uses >= most + 1) {`,
  ),
  core(
    'a canceled order keeps its use of a promotion',
    'flows/redeem-promotions',
    `uses: counted.uses - 1`,
    `uses: counted.uses`,
  ),
  core(
    'a promotion that ended keeps its coupon',
    'flows/define-promotion',
    `freeCoupon(work, known)
      const ended`,
    `const ended`,
  ),
  core(
    'all units cost what the last tier says',
    'pricing/extend-tiers',
    `if (price.tiering === 'volume') return`,
    `if (reached.length > 1) return`,
  ),
  core(
    'a deposit is deducted twice',
    'orders/order-billing',
    `...withDeposits(order, event.deducted, -1),`,
    `...withDeposits(order, undefined, -1),`,
  ),
  core(
    'a deposit that is owed back is still deducted',
    'flows/return-deductions',
    `work.append(invoiceKind, creditedId, [taken])`,
    ``,
  ),
  core(
    'a voided invoice still counts as billed',
    'orders/order-billing',
    `invoiced: subtract(order.invoiced, event.amount),`,
    `invoiced: order.invoiced,`,
  ),
  core(
    'a voided invoice is still owed',
    'invoicing/invoice-amounts',
    `if (invoice.status === 'voided') return zero(invoice.currency)`,
    ``,
  ),
  core(
    'what a voided invoice deducted stays deducted',
    'orders/order-billing',
    `...withDeposits(order, event.deducted, 1),`,
    `...withDeposits(order, undefined, 1),`,
  ),
  core(
    'a gain from an exchange is booked as a loss',
    'payments/exchange',
    `const difference = subtract(worth, amount)`,
    `const difference = subtract(amount, worth)`,
  ),
  core(
    'money that was paid back in part is exchanged whole',
    'payments/payment-decider',
    `applied.length === 0 && isZero(refunded) && order === undefined`,
    `applied.length === 0 && order === undefined`,
  ),
  core(
    'the deposit of the placement is claimed with the confirmation, too',
    'flows/claim-deposit',
    `const agreed = order.depositOn?.[fact]`,
    `const agreed = order.depositOn?.order ?? order.depositOn?.[fact]`,
    core(
      '',
      'flows/claim-deposit',
      `order?.depositOn?.[fact] === undefined`,
      `(order?.depositOn?.order ?? order?.depositOn?.[fact]) === undefined`,
    ),
  ),
  core(
    'an agreed deposit claims all that is left',
    'orders/deposit-amounts',
    `const gross = share < limit ? share : limit`,
    `const gross = limit`,
  ),
  core(
    'a lost parcel is claimed although nobody had billed it',
    'orders/order',
    `return counted(counted(order, event.billed, withLost), event.unbilled, withoutShipped)`,
    `return counted(counted(order, event.billed, withLost), event.unbilled, withLost)`,
  ),
  core(
    'a lost parcel that was billed is owed by nobody',
    'orders/lost-goods',
    `if (without < quantity) billed.push(`,
    `if (without < 0) billed.push(`,
  ),
  core(
    'each invoice of an order rounds what is withheld by itself',
    'orders/withheld',
    `const before = basesUpTo(order, ({ invoiced }) => invoiced)`,
    `const before = { net: 0n, tax: 0n }`,
  ),
  core(
    'a certificate settles more than is withheld',
    'invoicing/invoice-decider',
    `const most = uncertifiedAmount(invoice)`,
    `const most = openAmount(invoice)`,
  ),
  core(
    'a certificate stands although its invoice was credited',
    'invoicing/invoice-decider',
    `return minimum(amount, withheld)`,
    `return amount`,
  ),
  core(
    'a credit note keeps what was withheld',
    'flows/issue-credit-note',
    `...(withholdings.length > 0 && { withholdings }),`,
    ``,
  ),
  core(
    'what is to be withheld is owed',
    'invoicing/invoice-amounts',
    `return subtract(open, uncertifiedAmount(invoice))`,
    `return open`,
  ),
  core(
    'money for several orders counts as if none were credited',
    'invoicing/order-shares',
    `const claim = subtract(total, credited)`,
    `const claim = credited.amount === '' ? credited : total`,
  ),
  core(
    'the first of several orders does not know its invoice',
    'flows/bill-together',
    `work.append(orderKind, part.billed.order, part.events)`,
    `if (part !== parts[0]) work.append(orderKind, part.billed.order, part.events)`,
  ),
  core(
    'an invoice of several orders is voided for the first alone',
    'flows/void-invoice',
    `for (const id of ordersOf(invoice)) {`,
    `for (const id of ordersOf(invoice).slice(0, 1)) {`,
  ),
  core(
    'a credit of one of several orders is forgotten by its part',
    'invoicing/invoice-parts',
    `part.order === order ? after : part`,
    `part.order === order ? { ...after, credited: part.credited } : part`,
  ),
]
