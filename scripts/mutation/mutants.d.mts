export interface Mutant {
  readonly id: number
  readonly path: string
  readonly line: number
  readonly from: string
  readonly to: string
}

export function mutate(
  path: string,
  source: string,
  firstId: number,
): { readonly mutants: readonly Mutant[]; readonly atLoad: number; readonly text: string }
