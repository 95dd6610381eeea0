/** The clock of the database as an instant: one clock for all hosts (RS3). */
export const databaseNow = instantIn('clock_timestamp()')

/** The same, so many milliseconds later. */
export const databaseLater = (milliseconds: string): string =>
  instantIn(`clock_timestamp() + ${milliseconds} * interval '1 millisecond'`)

function instantIn(time: string): string {
  return `to_char((${time}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
