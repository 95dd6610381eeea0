/** The time zone of the process that the run plays in: one in which the clock jumps an hour over midnight, as on a day of daylight saving. */
export interface HostZone {
  /** The clock on the wall shows the next day. */
  change(): void
  /** Gives the process its own zone back. */
  restore(): void
}

/** Moves the process to where it is the last hour of a day at `now`; leaves it where it is when there is none. */
export const hostZone = (now: string | undefined): HostZone => {
  if (now === undefined) return { change: () => undefined, restore: () => undefined }
  const own = process.env['TZ']
  // Of the 24 offsets from 12 hours west to 11 hours east the one with 23 on its clock.
  const offset = ((23 - new Date(now).getUTCHours() + 12) % 24) - 12
  moveTo(offset)
  return {
    change: () => {
      moveTo(offset + 1)
    },
    restore: () => {
      if (own === undefined) delete process.env['TZ']
      else process.env['TZ'] = own
    },
  }
}

/** In these names west of Greenwich is `+`. */
const moveTo = (offset: number): void => {
  process.env['TZ'] = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
}
