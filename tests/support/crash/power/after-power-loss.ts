import { writeFileSync } from 'node:fs'
import type { Chance } from '../../../../src/testing/simulation/chance.js'
import type { DiskStep } from './recorded-files.js'

type FileStep = Extract<DiskStep, { readonly step: 'write' | 'truncate' }>

/** A file as it is known to stand on the disk, and what was asked since and may not be there yet. */
interface FileOnDisk {
  durable: Buffer
  pending: FileStep[]
}

const sector = 512

/**
 * The disk while a recording is played. What was synced is there. Of what was written since, the power may have left nothing, everything, or any part of it, in any
 * order, down to single sectors of a write. That a file exists or was removed counts as kept at once.
 */
export const playedDisk = () => {
  const files = new Map<string, FileOnDisk>()
  const fileOf = (name: string): FileOnDisk => {
    const known = files.get(name) ?? { durable: Buffer.alloc(0), pending: [] }
    files.set(name, known)
    return known
  }
  return {
    play: (step: DiskStep): void => {
      switch (step.step) {
        case 'asked':
        case 'acknowledged':
          return
        case 'remove':
          files.delete(step.file)
          return
        case 'sync': {
          const file = fileOf(step.file)
          file.durable = after(file.durable, file.pending)
          file.pending = []
          return
        }
        case 'write':
        case 'truncate':
          fileOf(step.file).pending.push(step)
      }
    },
    /** Writes the files as the power may have left them, beginning with `prefix`. */
    cut: (prefix: string, chance: Chance): void => {
      const kept = chance.of(ways)
      for (const [name, { durable, pending }] of files) {
        writeFileSync(
          prefix + name,
          after(
            durable,
            pending.flatMap((step) => kept(step, chance)),
          ),
        )
      }
    },
  }
}

type Kept = (step: FileStep, chance: Chance) => readonly FileStep[]

const ways: readonly Kept[] = [
  () => [],
  (step) => [step],
  (step, chance) => (chance.oneIn(2) ? [step] : []),
  (step, chance) => (step.step === 'truncate' ? [step] : someSectors(step, chance)),
]

const someSectors = (
  step: Extract<FileStep, { readonly step: 'write' }>,
  chance: Chance,
): readonly FileStep[] => {
  const parts: FileStep[] = []
  const { at, data, file } = step
  for (let from = 0; from < data.length;) {
    const to = Math.min(data.length, from + sector - ((at + from) % sector))
    if (chance.oneIn(2)) parts.push({ step: 'write', file, at: at + from, data: data.subarray(from, to) })
    from = to
  }
  return parts
}

/** The bytes after these changes; those that were handed in stay as they are. */
const after = (bytes: Buffer, steps: readonly FileStep[]): Buffer => {
  if (steps.length === 0) return bytes
  const room = Math.max(
    bytes.length,
    ...steps.map((step) => (step.step === 'write' ? step.at + step.data.length : step.size)),
  )
  const changed = Buffer.alloc(room)
  bytes.copy(changed)
  let size = bytes.length
  for (const step of steps) {
    if (step.step === 'write') {
      step.data.copy(changed, step.at)
      size = Math.max(size, step.at + step.data.length)
    } else {
      changed.fill(0, Math.min(size, step.size), size)
      size = step.size
    }
  }
  return changed.subarray(0, size)
}
