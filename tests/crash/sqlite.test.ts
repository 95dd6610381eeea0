import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chanceFrom } from '../../src/testing/simulation/chance.js'
import { sqliteFile } from '../support/crash/crash-stores.js'
import { fillDisk } from '../support/crash/fill-disk.js'
import { killWriters } from '../support/crash/kill-writers.js'
import { nothingWrong } from '../support/crash/nothing-wrong.js'
import { losePower } from '../support/crash/power/lose-power.js'
import { smallDisk } from '../support/crash/small-disk.js'
import { bundleWriter } from '../support/crash/start-writer.js'

const slow = { timeout: 120_000 }
let folder: string
let program: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderwright-crash-'))
  program = await bundleWriter()
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('a writer that is killed', () => {
  it(
    'ID1 ID9 EV9 leaves no acknowledged command undone, nothing half done, and keys that tell the rest',
    slow,
    async () => {
      const store = sqliteFile(join(folder, 'killed.sqlite'))
      const report = await killWriters({ program, store, kills: 3, chance: chanceFrom(1) })
      expect(report).toMatchObject({ ...nothingWrong, kills: 3 })
      expect(report.acknowledged).toBeGreaterThanOrEqual(24)
    },
  )

  it('is found out when it acknowledges what it commits later', slow, async () => {
    const late = await bundleWriter({
      name: 'commits-later',
      file: 'src/adapters/sqlite/driver.ts',
      find: '        connection.exec(sql)\n',
      replace: `
        const later = (globalThis.later ??= { open: false, owed: false, commits: 0 })
        if (sql.startsWith('BEGIN')) {
          if (later.open) return
          later.open = true
        }
        if (sql === 'ROLLBACK' && later.owed) return
        if (sql === 'ROLLBACK') later.open = false
        if (sql === 'COMMIT') {
          later.commits += 1
          later.owed = later.commits > 2
          if (later.owed) return
          later.open = false
        }
        connection.exec(sql)
`,
    })
    const store = sqliteFile(join(folder, 'late.sqlite'))
    const report = await killWriters({ program: late, store, kills: 2, chance: chanceFrom(2) })
    expect(report.lost.length).toBeGreaterThan(0)
  })
})

describe('a loss of power', () => {
  it(
    'ID1 EV9 takes nothing that was acknowledged, whatever part of the unsynced writes it leaves',
    slow,
    async () => {
      const report = await losePower({ synchronous: 'FULL', commands: 60, cuts: 12, seed: 3 })
      expect(report).toMatchObject({ ...nothingWrong, kills: 12 })
      expect(report.acknowledged).toBeGreaterThan(100)
    },
  )

  it(
    'takes acknowledged commands where commits do not wait for the disk, however sound the file is',
    slow,
    async () => {
      const report = await losePower({ synchronous: 'NORMAL', commands: 60, cuts: 6, seed: 4 })
      expect(report.lost.length).toBeGreaterThan(0)
      // What is asked again may be refused for want of what was lost; nothing else is wrong.
      expect(report.torn.filter((finding) => !finding.includes(' was refused: unknown_'))).toEqual([])
    },
  )
})

const disk = smallDisk(24)
afterAll(() => disk?.remove())

describe('a full disk', () => {
  // Mounting a small file system takes the superuser of Linux.
  it.skipIf(disk === undefined)(
    'is told as storage_unavailable, takes nothing that was acknowledged, and is forgotten when there is room again',
    slow,
    async () => {
      if (disk === undefined) return
      const store = sqliteFile(join(disk.folder, 'orders.sqlite'))
      const report = await fillDisk({ program, store, disk, kills: 1, chance: chanceFrom(5) })
      expect(report).toMatchObject(nothingWrong)
      expect([...report.troubles.keys()]).toEqual(['storage_unavailable'])
    },
  )
})
