import * as lmdb from 'lmdb'
import type { RootDatabase } from 'lmdb'
import { StorageError, type StorageHealth } from 'orderwright'

/** Bits of LMDB's environment, each of which lets a commit return before the disk has all of it. */
const hasty = { overlappingSync: 0x1000, noSync: 0x10000, noMetaSync: 0x40000, mapAsync: 0x100000 }

/** Asks LMDB itself: an environment that this process has open already keeps the settings it was opened with first. */
export const inForce = (root: RootDatabase): Pick<StorageHealth, 'durable' | 'settings'> => {
  const flags = environment.nativeAddon.getEnvFlags((root as unknown as Opened).env.address)
  const settings = Object.fromEntries(
    Object.entries(hasty).map(([name, bit]) => [name, (flags & bit) === 0 ? 'off' : 'on']),
  )
  return { durable: !Object.values(settings).includes('on'), settings }
}

// The package exports both and has no types for them.
const environment = lmdb as unknown as { readonly nativeAddon: { getEnvFlags(address: number): number } }
interface Opened {
  readonly env: { readonly address: number }
}

const newest = 1

/** Writes the version of the schema into a new file; a file of a newer version is refused, for what it means is not known here. */
export const checkSchema = (root: RootDatabase): void => {
  root.transactionSync(() => {
    if (root.get(schema) === undefined) root.putSync(schema, newest)
  })
  const found = schemaVersion(root)
  if (found > newest)
    throw new StorageError(
      'schema_too_new',
      `this file has schema ${found}, and this adapter knows ${newest}`,
    )
}

export const schemaVersion = (root: RootDatabase): number => Number(root.get(schema))

const schema = 'orderwright schema'
