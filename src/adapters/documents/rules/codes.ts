/** A code list, from its codes separated by blank space. */
export const codes = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))
