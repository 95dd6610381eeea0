type Group = 'faults' | 'marks' | 'cells'

export function dueWithin(
  workload: string,
  seeds: number,
): readonly { readonly group: Group; readonly name: string }[]

export function recordExpected(
  workload: string,
  runs: number,
  met: Readonly<Record<Group, Readonly<Record<string, number>>>>,
): void
