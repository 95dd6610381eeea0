import { invariant } from '../invariant.js'
import type { Party } from './party.js'

/** What must be true of every party that a command leaves behind (SE7), whatever led there. */
export const assertParty = ({ status, addresses }: Party): void => {
  invariant(status !== 'erased' || addresses.length === 0, 'SE7 an erased party has no addresses')
}
