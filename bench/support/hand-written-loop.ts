import type Database from 'libsql'
import type { StockLevel } from '../../src/core/inventory/stock-level.js'
import type { Writes } from '../../src/core/ports/storage.js'

type Row = readonly (string | number)[]

/** The rows of one commit, ready to bind. */
export interface PrebuiltCommit {
  readonly insertRecords: readonly Row[]
  readonly updateRecords: readonly Row[]
  readonly updateStock: readonly Row[]
  readonly insertEvents: readonly Row[]
  readonly insertMessages: readonly Row[]
}

/** Turns what orderwright wrote in one commit into the parameters of plain statements; nothing of this is timed. */
export const prebuildCommit = (tenant: string, writes: Writes): PrebuiltCommit => ({
  insertRecords: writes.records.flatMap((record) => {
    if (record.key.kind === 'stock' || record.before > 0) return []
    const { key, version, state, entries, chain } = record
    return [[tenant, key.kind, key.id, version, JSON.stringify(state), JSON.stringify(entries), chain]]
  }),
  updateRecords: writes.records.flatMap((record) => {
    if (record.key.kind === 'stock' || record.before === 0) return []
    const { key, before, version, state, entries, chain } = record
    return [
      [version, JSON.stringify(state), JSON.stringify(entries), chain, tenant, key.kind, key.id, before],
    ]
  }),
  updateStock: writes.records.flatMap((record) => {
    if (record.key.kind !== 'stock') return []
    const level = record.state as StockLevel
    const { onHand, reserved, quarantined, safetyStock, backorderAllowance, incoming } = level
    const amounts = [onHand, reserved, quarantined, safetyStock, backorderAllowance, incoming]
    return [[...amounts, record.version, record.chain, tenant, level.location, level.sku, record.before]]
  }),
  insertEvents: writes.events.map((event) => [
    tenant,
    event.key.kind,
    event.key.id,
    event.version,
    event.id,
    event.type,
    event.recordedAt,
    event.body,
    event.hash,
  ]),
  insertMessages: writes.messages.map((message) => [
    tenant,
    message.id,
    message.about.kind,
    message.about.id,
    message.position,
    message.topic,
    message.channel,
    JSON.stringify(message.data),
    message.createdAt,
    message.createdAt,
  ]),
})

/** SQL and commit only: what a careful programmer would write for exactly these rows, one prepared statement per kind of row. */
export const writeByHand = (connection: Database.Database, commits: readonly PrebuiltCommit[]): void => {
  const insertRecord = connection.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)')
  const updateRecord = connection.prepare(
    `UPDATE record SET version = ?, state = ?, entries = ?, chain = ?
     WHERE tenant = ? AND kind = ? AND id = ? AND version = ?`,
  )
  const updateStock = connection.prepare(
    `UPDATE stock_level SET on_hand = ?, reserved = ?, quarantined = ?, safety_stock = ?, backorder_allowance = ?,
     incoming = ?, version = ?, chain = ? WHERE tenant = ? AND location = ? AND sku = ? AND version = ?`,
  )
  const insertEvent = connection.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertMessage = connection.prepare(
    `INSERT INTO message (tenant, id, about_kind, about_id, position, topic, channel, data, created_at, due_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const commit of commits) {
    connection.exec('BEGIN IMMEDIATE')
    for (const row of commit.insertRecords) insertRecord.run(row)
    for (const row of commit.updateRecords) {
      if (updateRecord.run(row).changes !== 1) throw new Error('a record was not where it was')
    }
    for (const row of commit.updateStock) {
      if (updateStock.run(row).changes !== 1) throw new Error('a stock row was not where it was')
    }
    for (const row of commit.insertEvents) insertEvent.run(row)
    for (const row of commit.insertMessages) insertMessage.run(row)
    connection.exec('COMMIT')
  }
}
