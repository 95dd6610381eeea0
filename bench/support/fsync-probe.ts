import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const times = 100

/** What the disk makes of a commit in this very run, in milliseconds: its rate was seen to move 60-fold within an hour. */
export const fsyncProbe = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'orderwright-probe-'))
  const file = openSync(join(folder, 'probe'), 'w')
  const page = Buffer.alloc(8_192, 'x')
  const start = performance.now()
  for (let time = 0; time < times; time += 1) {
    writeSync(file, page)
    fsyncSync(file)
  }
  const each = (performance.now() - start) / times
  closeSync(file)
  rmSync(folder, { recursive: true })
  return each
}
