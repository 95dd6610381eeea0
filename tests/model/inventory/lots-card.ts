export interface LotShare {
  readonly lot: string
  readonly quantity: number
}

interface Lot {
  readonly lot: string
  onHand: number
  quarantined: number
  allocated: number
}

/** The lots of one product at one place, first expired first, as a clerk would keep them below each other. */
export class LotsCard {
  constructor(private readonly all: readonly Lot[]) {}

  /** Lots of which something is left. */
  get left(): readonly Readonly<Lot>[] {
    return this.all.filter(({ onHand }) => onHand > 0)
  }

  add(shares: readonly LotShare[]): void {
    for (const { lot, quantity } of shares) this.#lot(lot).onHand += quantity
  }

  /** Takes units of one lot away: of what is free, or of what is in quarantine. */
  take(from: 'free' | 'quarantined', { lot, quantity }: LotShare): string | undefined {
    const card = this.#lot(lot)
    if (card.onHand === 0) return 'unknown_lot'
    if (quantity > (from === 'free' ? free(card) : card.quarantined)) return 'quantity_exceeded'
    card.onHand -= quantity
    if (from === 'quarantined') card.quarantined -= quantity
    return undefined
  }

  setAside({ lot, quantity }: LotShare): string | undefined {
    const card = this.#lot(lot)
    if (card.onHand === 0) return 'unknown_lot'
    if (quantity > free(card)) return 'quantity_exceeded'
    card.quarantined += quantity
    return undefined
  }

  bringBack({ lot, quantity }: LotShare): string | undefined {
    const card = this.#lot(lot)
    if (card.onHand === 0) return 'unknown_lot'
    if (quantity > card.quarantined) return 'quantity_exceeded'
    card.quarantined -= quantity
    return undefined
  }

  allocate(quantity: number): readonly LotShare[] {
    const shares = this.#firstExpired(quantity)
    for (const share of shares) this.#lot(share.lot).allocated += share.quantity
    return shares
  }

  release(shares: readonly LotShare[]): void {
    for (const { lot, quantity } of shares) this.#lot(lot).allocated -= quantity
  }

  ship(shares: readonly LotShare[]): void {
    this.release(shares)
    for (const { lot, quantity } of shares) this.#lot(lot).onHand -= quantity
  }

  send(quantity: number): readonly LotShare[] {
    const shares = this.#firstExpired(quantity)
    for (const share of shares) this.#lot(share.lot).onHand -= share.quantity
    return shares
  }

  #lot(name: string): Lot {
    return this.all.find(({ lot }) => lot === name) as Lot
  }

  #firstExpired(quantity: number): readonly LotShare[] {
    let missing = quantity
    return this.all.flatMap((card) => {
      const taken = Math.min(missing, free(card))
      missing -= taken
      return taken > 0 ? [{ lot: card.lot, quantity: taken }] : []
    })
  }
}

const free = ({ onHand, quarantined, allocated }: Lot): number => onHand - quarantined - allocated

export const emptyLots = (names: readonly string[]): LotsCard =>
  new LotsCard(names.map((lot) => ({ lot, onHand: 0, quarantined: 0, allocated: 0 })))
