import { invariant } from '../invariant.js'
import { unitsIn } from './transit-goods.js'
import { onTheWay, type Transfer } from './transfer.js'

/** What must be true of every transfer that a command leaves behind (ST8), whatever led there. */
export const assertTransfer = ({ status, lines, shippedOn, receivedOn }: Transfer): void => {
  const hasLeft = status !== 'planned' && status !== 'canceled'
  invariant(
    (shippedOn !== undefined) === hasLeft &&
      (receivedOn === undefined || (shippedOn !== undefined && shippedOn <= receivedOn)),
    'ST8 goods leave before they come',
  )
  let rest = 0
  for (const line of lines) {
    const { quantity, received, missing, goods } = line
    const left = onTheWay(line)
    invariant(
      received >= 0 && missing >= 0 && left >= 0 && (hasLeft || left === quantity),
      'ST8 no more comes or is missing than was sent',
    )
    invariant(goods === undefined || unitsIn(goods) === left, 'ST8 lots or pieces add up')
    rest += left
  }
  invariant((status === 'received') === (rest === 0), 'ST8 a transfer is over when all has come')
}
