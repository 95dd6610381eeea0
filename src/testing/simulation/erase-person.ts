import type { OrderManagement } from '../../app/order-management.js'
import type { Key } from '../../core/ids/key.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { partyKind, type Party } from '../../core/parties/party.js'
import type { KnownRecords } from './workload.js'
import { mark } from './marks.js'
import { send } from './send.js'
import type { World } from './world.js'

/** Erases the first person that one of the records is of or belongs to, until the erasure says that it is complete. */
export const erasePerson = async (
  world: World,
  oms: OrderManagement,
  keys: readonly Key[],
): Promise<void> => {
  const party = keys.map((key) => personOf(key, world.shadow)).find((person) => person !== undefined)
  if (party === undefined) return
  mark(world.marks, 'a person who is erased in the middle of a command')
  await completeErasure(oms, party)
}

export const completeErasure = async (oms: OrderManagement, party: string): Promise<void> => {
  for (let isComplete = false; !isComplete;) {
    const answer = await send(oms, { action: 'parties.erase', input: { party } }, undefined)
    if (!answer.ok) throw new Error(`party ${party} cannot be erased: ${answer.error.code}`)
    isComplete = (answer.value as { readonly complete: boolean }).complete
  }
}

const personOf = ({ kind, id }: Key, known: KnownRecords): string | undefined => {
  const party = kind === orderKind.name ? (known.stateOf(kind, id) as Order | undefined)?.customer : id
  if (party === undefined || (kind !== orderKind.name && kind !== partyKind.name)) return undefined
  return (known.stateOf(partyKind.name, party) as Party | undefined)?.status === 'active' ? party : undefined
}
