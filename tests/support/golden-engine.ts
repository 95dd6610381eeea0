import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { createOrderManagement } from 'orderwright'

/** The engine of an earlier version as it was built then (`npm run golden:record`); what it does not know yet is not there. */
export const goldenEngine = async (version: string): Promise<typeof createOrderManagement> => {
  const kept = await readFile(new URL(`../golden/${version}/engine.mjs.gz`, import.meta.url))
  // Below the packages that it imports.
  const file = resolve(`node_modules/.cache/orderwright-golden/${version}-${process.pid}.mjs`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, gunzipSync(kept))
  const built = (await import(pathToFileURL(file).href)) as {
    readonly createOrderManagement: typeof createOrderManagement
  }
  return built.createOrderManagement
}
