/** A day of the calendar as `2016-11-08`. */
export type Day = string

/** Whole days from `earlier` to `later`. */
export const daysBetween = (earlier: Day, later: Day): number =>
  Math.round((Date.parse(later) - Date.parse(earlier)) / 86_400_000)

export const plusDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

export const monthOf = (day: Day): string => day.slice(0, 7)

/** The last day of a month `2016-02`. */
export const lastDayOf = (month: string): Day => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

export const nextMonth = (month: string): string => monthOf(plusDays(lastDayOf(month), 1))

/** Every month from the first to the last, without a gap. */
export const monthsFrom = (first: string, last: string): readonly string[] => {
  const months: string[] = []
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month)
  return months
}
