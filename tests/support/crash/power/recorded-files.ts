import { createRequire } from 'node:module'

/** What a database has asked of the operating system, in order, and in between what its user has asked and was told. */
export type DiskStep =
  | { readonly step: 'write'; readonly file: string; readonly at: number; readonly data: Buffer }
  | { readonly step: 'truncate'; readonly file: string; readonly size: number }
  | { readonly step: 'remove'; readonly file: string }
  | { readonly step: 'sync'; readonly file: string }
  | { readonly step: 'asked' | 'acknowledged'; readonly key: string }

type Call = (...given: never[]) => unknown

const fileSystem = createRequire(import.meta.url)('node:fs') as Record<string, Call>

/**
 * Notes every change that is made to the files of which `prefix` is the beginning of the path, through `node:fs`, until it is told to stop. SQLite in WebAssembly does
 * all its work on files with these few calls.
 */
export const recordFiles = (prefix: string): { readonly steps: DiskStep[]; stop(): void } => {
  const steps: DiskStep[] = []
  const paths = new Map<number, string>()
  const originals = new Map<string, Call>()
  const around = (name: string, note: (answer: unknown, given: readonly unknown[]) => void): void => {
    const original = fileSystem[name]
    if (original === undefined) throw new Error(`node:fs has no ${name}`)
    originals.set(name, original)
    fileSystem[name] = (...given) => {
      const answer = original.apply(fileSystem, given)
      note(answer, given)
      return answer
    }
  }
  const noteOf =
    (make: (file: string, given: readonly unknown[]) => DiskStep) =>
    (_answer: unknown, given: readonly unknown[]): void => {
      const file = paths.get(given[0] as number)
      if (file !== undefined) steps.push(make(file, given))
    }
  around('openSync', (descriptor, [path]) => {
    if (typeof path === 'string' && path.startsWith(prefix))
      paths.set(descriptor as number, path.slice(prefix.length))
  })
  around('closeSync', (_answer, [descriptor]) => paths.delete(descriptor as number))
  around(
    'writeSync',
    noteOf((file, [, data, from, length, at]) => ({
      step: 'write',
      file,
      at: at as number,
      data: Buffer.from((data as Uint8Array).subarray(from as number, (from as number) + (length as number))),
    })),
  )
  around(
    'fsyncSync',
    noteOf((file) => ({ step: 'sync', file })),
  )
  around(
    'ftruncateSync',
    noteOf((file, [, size]) => ({ step: 'truncate', file, size: size as number })),
  )
  around('unlinkSync', (_answer, [path]) => {
    if (typeof path === 'string' && path.startsWith(prefix))
      steps.push({ step: 'remove', file: path.slice(prefix.length) })
  })
  return {
    steps,
    stop: () => {
      for (const [name, original] of originals) fileSystem[name] = original
    },
  }
}
