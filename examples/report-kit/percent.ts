/** With one decimal, rounded in whole numbers. */
export const percent = (part: number, whole: number): string => {
  if (whole === 0) return '0.0%'
  const tenths = Math.round((part * 1_000) / whole)
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`
}
