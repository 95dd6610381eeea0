import type { Check } from '../report-kit/checks-section.js'
import { isBought, type AnswerOfBuyer } from './answer-of-buyer.js'
import type { LedgerEntry } from './read-ledger.js'

export interface SaleFacts {
  readonly units: number
  readonly buyers: number
  readonly answers: readonly AnswerOfBuyer[]
  readonly ledger: readonly LedgerEntry[]
  /** The orders that stand in the store after the sale. */
  readonly orders: ReadonlySet<string>
  /** What the stock level says of itself. */
  readonly level: Readonly<Record<'onHand' | 'reserved' | 'available', number | string>>
  readonly auditOk: boolean
  /** Buyers that asked once more after the sale and got another answer than before. */
  readonly changedAnswers: number
}

/** Every promise of the sale, proven from what the buyers were told and from the ledger, not from the engine's own word. */
export const checkSale = (facts: SaleFacts): readonly Check[] => {
  const { units, buyers, answers, ledger, orders, level } = facts
  const bought = answers.filter(isBought)
  const sold = bought.reduce((sum, { wanted }) => sum + wanted, 0)
  const told = new Set(bought.map(({ outcome }) => outcome.order))
  const untrue = answers.filter((answer) => !isTrue(answer, ledger)).length
  const lowest = Math.min(...ledger.map(({ available }) => available))
  const reserved = ledger.reduce(
    (sum, { type, quantity }) => (type === 'StockReserved' ? sum + quantity : sum),
    0,
  )
  return [
    {
      name: 'Exactly what there was is sold',
      found: `${sold} of ${units} units, in ${bought.length} orders`,
      holds: sold === units,
    },
    {
      name: 'Nothing was ever promised twice',
      found: `the ledger of ${ledger.length} movements never goes below ${lowest}`,
      holds: lowest === 0,
    },
    {
      name: 'Every refusal was true when it was said',
      found: `${answers.length - bought.length} refusals, each compared with the ledger at the version it names; ${untrue} untrue`,
      holds: untrue === 0,
    },
    {
      name: 'Every buyer has one answer',
      found: `${new Set(answers.map(({ buyer }) => buyer)).size} buyers, ${answers.length} answers`,
      holds: answers.length === buyers && new Set(answers.map(({ buyer }) => buyer)).size === buyers,
    },
    {
      name: 'The orders in the store are those the buyers were told of',
      found: `${orders.size} orders stored, ${told.size} told`,
      holds: orders.size === told.size && [...told].every((order) => orders.has(order)),
    },
    {
      name: 'The counters are what the ledger adds up to',
      found: `on hand ${level.onHand}, reserved ${level.reserved}, available ${level.available}; the ledger reserves ${reserved}`,
      holds: level.onHand === units && level.reserved === reserved && level.available === units - reserved,
    },
    {
      name: 'Who asks again gets the same answer',
      found: `${facts.changedAnswers} answers changed`,
      holds: facts.changedAnswers === 0,
    },
    {
      name: 'The history of the stock level is unbroken',
      found: 'each event carries the hash of the one before',
      holds: facts.auditOk,
    },
  ]
}

/** A refusal is true when the ledger, at the version it names, has what it says was left, and that was too little. */
const isTrue = ({ wanted, outcome }: AnswerOfBuyer, ledger: readonly LedgerEntry[]): boolean => {
  if (outcome.kind === 'bought') return true
  const entry = ledger[outcome.version - 1]
  return (
    entry?.version === outcome.version && entry.available === outcome.available && entry.available < wanted
  )
}
