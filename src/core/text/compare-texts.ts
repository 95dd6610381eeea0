/** By code units, so that the order depends on no machine's locale. */
export const compareTexts = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0
