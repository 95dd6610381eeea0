import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'

/** Something that reads what a host hands over: for a size, what is to be run. */
export interface Input {
  /** Each twice the one before it. */
  readonly sizes: readonly [number, number, number]
  readonly prepare: (size: number) => (() => unknown) | Promise<() => unknown>
}

export type Inputs = Readonly<Record<string, Input>>

export interface Growth {
  readonly name: string
  readonly sizes: readonly number[]
  readonly work: readonly number[]
}

/** The work of each of the `inputs` that a file exports, packages included, counted in a thread of its own. */
export const growthsIn = async (file: string): Promise<readonly Growth[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'growth-'))
  try {
    await build({
      entryPoints: { measure: fileURLToPath(new URL('./measure.ts', import.meta.url)), inputs: file },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'esnext',
      // So that copying an object is a loop that can be counted.
      supported: { 'object-rest-spread': false },
      logLevel: 'error',
    })
    return await measuredIn(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const measuredIn = (folder: string): Promise<readonly Growth[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(join(folder, 'measure.mjs'), {
      workerData: pathToFileURL(join(folder, 'inputs.mjs')).href,
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      reject(new Error('the counting thread ended without an answer'))
    })
  })
