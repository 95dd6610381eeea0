import type { Plugin } from 'esbuild'

export function bundled(
  file: string,
  options?: { readonly name?: string; readonly plugins?: Plugin[] },
): Promise<string>

export const cutOff: number
