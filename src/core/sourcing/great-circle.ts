/** A place on the earth in decimal degrees: latitude -90 to 90 (north is positive), longitude -180 to 180 (east is positive). */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

/** The mean radius of the earth (IUGG), in meters. */
const earthRadiusMeters = 6_371_008.8
const radians = Math.PI / 180

/** Half of the earth's circumference: no two places are farther apart. */
export const largestMeters = 20_015_115

/**
 * The great-circle distance (haversine formula) in whole meters. This is the one place where a distance is rounded: whatever compares or
 * multiplies distances does so with whole numbers.
 */
export const metersBetween = (one: Coordinates, other: Coordinates): number => {
  const north = Math.sin(((other.latitude - one.latitude) * radians) / 2)
  const east = Math.sin(((other.longitude - one.longitude) * radians) / 2)
  const chord =
    north * north + Math.cos(one.latitude * radians) * Math.cos(other.latitude * radians) * east * east
  return Math.round(2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(chord))))
}
