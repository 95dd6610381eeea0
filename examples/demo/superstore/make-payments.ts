import type { Cents } from '../exact-money.js'
import { lastDayOf, monthOf, plusDays, type Day } from '../days.js'
import type { Seeded } from '../seeded.js'

/** How a customer pays, with what a bank statement gets to show of it. */
export type PaymentStory =
  | 'one invoice, number given'
  | 'one invoice, no number'
  | 'several invoices, numbers given'
  | 'several invoices, no numbers'
  | 'too little'
  | 'paid twice'
  | 'mistyped number'
  | 'neither name nor number'

/** A transfer as it arrives at our bank. */
export interface Transfer {
  readonly bookedOn: Day
  readonly amount: Cents
  /** The customer number, where the bank passes one on. */
  readonly payer?: string
  readonly text: string
  readonly bankReference: string
  readonly story: PaymentStory
  /** Whose money it is, for checking the matcher against the truth. */
  readonly pays: readonly string[]
}

export interface BilledInvoice {
  readonly number: string
  readonly customer: string
  readonly total: Cents
  readonly issuedOn: Day
}

/** Makes the customers' transfers from the invoices they got, with the noise of real ones. */
export interface PaymentMaker {
  billed(invoice: BilledInvoice): void
  /** What arrives in a month. Every month is asked for once, in their order. */
  bookedIn(month: string): readonly Transfer[]
}

export const paymentMaker = (seeded: Seeded): PaymentMaker => {
  const underway: Transfer[] = []
  const waiting = new Map<string, BilledInvoice>()

  const billed = (invoice: BilledInvoice): void => {
    const earlier = waiting.get(invoice.customer)
    if (earlier !== undefined) {
      waiting.delete(invoice.customer)
      underway.push(payTogether([earlier, invoice], seeded))
    } else if (seeded.chance(waitsPercent, 'waits', invoice.number)) {
      waiting.set(invoice.customer, invoice)
    } else {
      underway.push(...payAlone(invoice, seeded))
    }
  }
  const payThoseWhoWaitedInVain = (lastDay: Day): void => {
    for (const [customer, invoice] of waiting) {
      const patience = plusDays(
        invoice.issuedOn,
        seeded.between(shortestWait, longestWait, 'patience', invoice.number),
      )
      if (patience > lastDay) continue
      waiting.delete(customer)
      underway.push(transfer(patience, [invoice], 'one invoice, number given', seeded))
    }
  }
  return {
    billed,
    bookedIn: (month) => {
      payThoseWhoWaitedInVain(lastDayOf(month))
      const booked = underway.filter(({ bookedOn }) => monthOf(bookedOn) <= month)
      underway.splice(0, underway.length, ...underway.filter((one) => !booked.includes(one)))
      return booked.sort(
        (left, right) =>
          compare(left.bookedOn, right.bookedOn) || compare(left.bankReference, right.bankReference),
      )
    },
  }
}

/** Of a hundred invoices, so many wait for the customer's next one, and are paid together with it. */
const waitsPercent = 18

/** How long they wait for it, in days. */
const shortestWait = 25
const longestWait = 75

/** How invoices that are paid alone are paid: story and weight. The last is the customer who does not pay. */
const stories = [
  ['one invoice, number given', 745],
  ['one invoice, no number', 140],
  ['too little', 20],
  ['paid twice', 12],
  ['mistyped number', 20],
  ['neither name nor number', 18],
  ['not at all', 45],
] as const

const payAlone = (invoice: BilledInvoice, seeded: Seeded): readonly Transfer[] => {
  const story = seeded.pick(stories, 'story', invoice.number)
  if (story === 'not at all') return []
  const first = transfer(payDay(invoice, seeded), [invoice], story, seeded)
  return story === 'paid twice' ? [first, again(first, seeded)] : [first]
}

const payTogether = (invoices: readonly [BilledInvoice, BilledInvoice], seeded: Seeded): Transfer => {
  const [, last] = invoices
  const story = seeded.chance(60, 'names both', last.number)
    ? 'several invoices, numbers given'
    : 'several invoices, no numbers'
  return transfer(payDay(last, seeded), invoices, story, seeded)
}

const again = (first: Transfer, seeded: Seeded): Transfer => ({
  ...first,
  bookedOn: plusDays(first.bookedOn, seeded.between(3, 14, 'again', first.bankReference)),
  bankReference: `${first.bankReference}-2`,
})

/** Most pay within the 30 days they have, some late. */
const payDay = ({ number, issuedOn }: BilledInvoice, seeded: Seeded): Day =>
  plusDays(
    issuedOn,
    seeded.chance(18, 'late', number)
      ? seeded.between(31, 70, 'day', number)
      : seeded.between(6, 30, 'day', number),
  )

const transfer = (
  bookedOn: Day,
  invoices: readonly BilledInvoice[],
  story: PaymentStory,
  seeded: Seeded,
): Transfer => {
  const numbers = invoices.map(({ number }) => number)
  const due = invoices.reduce((sum, { total }) => sum + total, 0n)
  const [name = ''] = numbers
  return {
    bookedOn,
    amount: story === 'too little' ? lessThan(due, seeded, name) : due,
    ...(story !== 'neither name nor number' && { payer: invoices[0]?.customer ?? '' }),
    text: remittanceText(story, numbers, seeded),
    bankReference: `TR-${numbers.join('-')}`,
    story,
    pays: numbers,
  }
}

/** Between one and fifteen percent are missing, but never all of it. */
const lessThan = (due: Cents, seeded: Seeded, name: string): Cents => {
  const missing = (due * BigInt(seeded.between(1, 15, 'missing', name))) / 100n
  return missing === 0n ? due : due - missing
}

const remittanceText = (story: PaymentStory, numbers: readonly string[], seeded: Seeded): string => {
  const [name = ''] = numbers
  switch (story) {
    case 'one invoice, number given':
    case 'several invoices, numbers given':
    case 'too little':
    case 'paid twice':
      return seeded.pick(wordings, 'wording', name)(numbers)
    case 'mistyped number':
      return `invoice ${mistyped(name, seeded)}`
    case 'one invoice, no number':
    case 'several invoices, no numbers':
      return seeded.pick(thanks, 'thanks', name)
    case 'neither name nor number':
      return 'PAYMENT'
  }
}

const wordings = [
  [(numbers: readonly string[]) => numbers.join(' '), 5],
  [(numbers: readonly string[]) => `invoice ${numbers.join(', ')}`, 4],
  [
    (numbers: readonly string[]) =>
      `yr bill ${numbers.map((number) => number.toLowerCase().replace('-', ' ')).join(' + ')} thank you`,
    2,
  ],
] as const

const thanks = [
  ['THANK YOU', 3],
  ['payment for office supplies', 3],
  ['', 1],
] as const

/** Two neighboring digits change places, as fingers do it. The number that comes out may well be somebody else's. */
const mistyped = (number: string, seeded: Seeded): string => {
  const digits = [...number]
  const place = digits.length - 2 - seeded.below(2, 'mistyped', number)
  const [one = '', two = ''] = digits.slice(place, place + 2)
  digits.splice(place, 2, two, one)
  return digits.join('')
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
