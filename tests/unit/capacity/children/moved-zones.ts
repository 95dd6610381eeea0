import { tzOffset as told } from '@date-fns/tz'

/** What an update of the time zone data does when a country gives up its winter time: all its zones are an hour further east from then on. */
export const zoneData = { movedMinutes: 0 }

export const tzOffset = (zone: string | undefined, date: Date): number =>
  told(zone, date) + zoneData.movedMinutes
