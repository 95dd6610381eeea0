import type { Location, LocationEvent } from './location.js'

export type LocationCommand = { readonly type: 'CloseLocation' | 'OpenLocation' }

/** Closing a closed location, or opening an open one, changes nothing and is never refused. */
export const decideLocation = (location: Location, { type }: LocationCommand): readonly LocationEvent[] => {
  switch (type) {
    case 'CloseLocation':
      return location.status === 'closed' ? [] : [{ type: 'LocationClosed' }]
    case 'OpenLocation':
      return location.status === 'active' ? [] : [{ type: 'LocationOpened' }]
  }
}
