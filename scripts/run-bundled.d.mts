import type { Plugin } from 'esbuild'

export function bundled(
  file: string,
  options?: { readonly name?: string; readonly plugins?: Plugin[] },
): Promise<string>

export const cutOff: number

export function run(
  outfile: string,
  args: readonly (string | number)[],
): Promise<{ readonly code: number | null; readonly signal: string | null; readonly text: string }>
