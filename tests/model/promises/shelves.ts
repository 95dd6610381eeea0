/** What one unit that is sold takes from the shelves. */
export interface Part {
  readonly sku: string
  readonly perUnit: number
}

export interface Wanted {
  readonly sku: string
  readonly quantity: number
}

interface Shelf {
  goods: number
  /** How many may be promised beyond the goods. */
  allowance: number
  isPreorder: boolean
}

export interface PromisedLine {
  readonly parts: readonly Part[]
  /** Units that are neither canceled nor shipped. */
  open: number
  /** Of these, units that somebody is packing. */
  planned: number
  /** How much of each part there is for it. */
  readonly has: Map<string, number>
}

export interface Promised {
  readonly id: string
  readonly kind: 'order' | 'hold'
  readonly wanted: readonly Wanted[]
  readonly lines: readonly PromisedLine[]
}

export interface Work {
  readonly id: string
  readonly promise: Promised
  readonly units: readonly number[]
}

/**
 * Goods and those who wait for them, as plain as can be: whoever was promised first is given goods first, whoever is being packed for keeps them, and
 * when goods are lost the latest promise goes without.
 */
export class Shelves {
  readonly #shelves = new Map<string, Shelf>()
  /** In the order in which they were made. */
  promises: Promised[] = []
  works: Work[] = []

  constructor(private readonly kits: ReadonlyMap<string, readonly Part[]>) {}

  shelf(sku: string): Shelf {
    const known = this.#shelves.get(sku)
    if (known !== undefined) return known
    const fresh = { goods: 0, allowance: 0, isPreorder: false }
    this.#shelves.set(sku, fresh)
    return fresh
  }

  get skus(): readonly string[] {
    return [...this.#shelves.keys()]
  }

  promised(sku: string): number {
    return this.#sum(sku, (line, perUnit) => line.open * perUnit)
  }

  given(sku: string): number {
    return this.#sum(sku, (line) => line.has.get(sku) ?? 0)
  }

  receive(sku: string, quantity: number): string {
    const shelf = this.shelf(sku)
    shelf.goods += quantity
    if (shelf.isPreorder) Object.assign(shelf, { allowance: 0, isPreorder: false })
    this.#giveOut()
    return 'ok'
  }

  /** Goods are gone. With `backorder` the latest promises that nobody works on go without. */
  lose(sku: string, quantity: number, shortage: 'refuse' | 'backorder'): string {
    const shelf = this.shelf(sku)
    if (quantity > shelf.goods) return 'quantity_exceeded'
    let over = this.given(sku) - (shelf.goods - quantity)
    if (over > 0 && shortage === 'refuse') return 'stock_below_reserved'
    const takeable = this.#sum(sku, (line, perUnit) => (line.has.get(sku) ?? 0) - line.planned * perUnit)
    if (over > takeable) return 'stock_below_reserved'
    shelf.goods -= quantity
    for (const { line, perUnit } of this.#on(sku).toReversed()) {
      const has = line.has.get(sku) ?? 0
      const taken = Math.max(0, Math.min(over, has - line.planned * perUnit))
      line.has.set(sku, has - taken)
      over -= taken
    }
    return 'ok'
  }

  openPreorder(sku: string, limit: number): string {
    const shelf = this.shelf(sku)
    const promised = this.promised(sku)
    if (!shelf.isPreorder && (shelf.goods > 0 || shelf.allowance > 0 || promised > 0)) return 'invalid_state'
    if (limit < Math.min(promised, shelf.goods + shelf.allowance)) return 'stock_below_reserved'
    Object.assign(shelf, { allowance: limit, isPreorder: true })
    return 'ok'
  }

  closePreorder(sku: string): string {
    const shelf = this.shelf(sku)
    if (!shelf.isPreorder) return 'invalid_state'
    Object.assign(shelf, { allowance: 0, isPreorder: false })
    return 'ok'
  }

  canPromise(wanted: readonly Wanted[]): boolean {
    const needed = new Map<string, number>()
    for (const { sku, quantity } of wanted)
      for (const part of this.#partsOf(sku))
        needed.set(part.sku, (needed.get(part.sku) ?? 0) + quantity * part.perUnit)
    return [...needed].every(([sku, quantity]) => {
      const { goods, allowance } = this.shelf(sku)
      return quantity <= goods + allowance - this.promised(sku)
    })
  }

  promise(kind: Promised['kind'], id: string, wanted: readonly Wanted[]): void {
    this.promises.push({ id, kind, wanted, lines: wanted.map((line) => this.#line(line)) })
    this.#giveOut()
  }

  /** The hold's place in the queue is the order's. */
  orderHold(hold: Promised, id: string): void {
    this.promises = this.promises.map((promise) =>
      promise === hold ? { ...hold, kind: 'order', id } : promise,
    )
  }

  release(hold: Promised): void {
    this.promises = this.promises.filter((promise) => promise !== hold)
    this.#giveOut()
  }

  /** Units that wait are given up first. */
  cancel(line: PromisedLine, quantity: number): void {
    line.open -= quantity
    for (const { sku, perUnit } of line.parts)
      line.has.set(sku, Math.min(line.has.get(sku) ?? 0, line.open * perUnit))
    this.#giveOut()
  }

  plan(promise: Promised, id: string): void {
    const units = promise.lines.map(plannable)
    for (const [place, line] of promise.lines.entries()) line.planned += units[place] ?? 0
    this.works.push({ id, promise, units })
  }

  cancelWork(work: Work): void {
    this.#eachLine(work, (line, units) => {
      line.planned -= units
    })
  }

  ship(work: Work): void {
    this.#eachLine(work, (line, units) => {
      line.planned -= units
      line.open -= units
      for (const { sku, perUnit } of line.parts) {
        line.has.set(sku, (line.has.get(sku) ?? 0) - units * perUnit)
        this.shelf(sku).goods -= units * perUnit
      }
    })
  }

  /**
   * Which of an order's own lines has the goods is for the engine to say, as long as the order has what is its due: compares the sums, and takes over how
   * they are spread.
   */
  adopt({ lines }: Promised, lacking: readonly ReadonlyMap<string, number>[]): string | undefined {
    for (const sku of this.skus) {
      let [due, has] = [0, 0]
      for (const [place, line] of lines.entries()) {
        const part = line.parts.find((candidate) => candidate.sku === sku)
        if (part === undefined) continue
        due += line.has.get(sku) ?? 0
        const given = line.open * part.perUnit - (lacking[place]?.get(sku) ?? 0)
        if (given < line.planned * part.perUnit) return `${sku} of line ${place + 1} is packed but not there`
        line.has.set(sku, given)
        has += given
      }
      if (has !== due) return `has ${has} of ${sku}, expected was ${due}`
    }
    return undefined
  }

  #eachLine(work: Work, change: (line: PromisedLine, units: number) => void): void {
    for (const [place, line] of work.promise.lines.entries()) change(line, work.units[place] ?? 0)
    this.works = this.works.filter((other) => other !== work)
  }

  #line({ sku, quantity }: Wanted): PromisedLine {
    return { parts: this.#partsOf(sku), open: quantity, planned: 0, has: new Map() }
  }

  #partsOf(sku: string): readonly Part[] {
    return this.kits.get(sku) ?? [{ sku, perUnit: 1 }]
  }

  #on(sku: string): readonly { readonly line: PromisedLine; readonly perUnit: number }[] {
    return this.promises.flatMap(({ lines }) =>
      lines.flatMap((line) =>
        line.parts.flatMap((part) => (part.sku === sku ? [{ line, perUnit: part.perUnit }] : [])),
      ),
    )
  }

  #sum(sku: string, of: (line: PromisedLine, perUnit: number) => number): number {
    return this.#on(sku).reduce((sum, { line, perUnit }) => sum + of(line, perUnit), 0)
  }

  #giveOut(): void {
    for (const [sku, { goods }] of this.#shelves) {
      let left = goods - this.given(sku)
      for (const { line, perUnit } of this.#on(sku)) {
        const has = line.has.get(sku) ?? 0
        const more = Math.min(left, line.open * perUnit - has)
        line.has.set(sku, has + more)
        left -= more
      }
    }
  }
}

/** Units of a line of which every part is there. */
export const allocated = ({ parts, has }: PromisedLine): number =>
  Math.min(...parts.map(({ sku, perUnit }) => Math.floor((has.get(sku) ?? 0) / perUnit)))

export const plannable = (line: PromisedLine): number => allocated(line) - line.planned

export const isWaiting = ({ parts, open, has }: PromisedLine): boolean =>
  parts.some(({ sku, perUnit }) => (has.get(sku) ?? 0) < open * perUnit)
