import { join } from 'node:path'
import type { OrderManagement, Storage } from 'orderwright'
import { commandTally, type CommandTally } from '../command-tally.js'
import type { Superstore, SuperstoreOrder } from '../data/superstore.js'
import { openBooks, type Staff } from '../demo-books.js'
import { lastDayOf, monthOf, monthsFrom, type Day } from '../days.js'
import type { Mailbox } from '../mailbox.js'
import { grouped, type Progress } from '../progress.js'
import { readMailbox } from '../read-mailbox.js'
import { lease, relayMailbox, type MessageCounts } from '../relay-mailbox.js'
import type { Check, Shortage } from '../report/report-data.js'
import { checkReserved } from './check-reserved.js'
import { seeded } from '../seeded.js'
import { makeOrderFacts } from './make-order-facts.js'
import { makeStock, type MadeReceipt } from './make-stock.js'
import { paymentMaker, type PaymentMaker } from './make-payments.js'
import { openBank, type Bank } from './run-bank.js'
import { inMonth, journeyOf, type Journey } from './journey.js'
import { orderSteps } from './order-steps.js'
import { receiveStock } from './receive-stock.js'
import { setUpShop } from './set-up-shop.js'

/** What a run leaves behind for the checks and the report, beside what stands in the store. */
export interface SuperstoreRun {
  readonly staff: Staff
  readonly tally: CommandTally
  readonly orders: readonly SuperstoreOrder[]
  readonly refused: Superstore['refused']
  readonly products: number
  readonly customers: number
  readonly receipts: readonly MadeReceipt[]
  readonly shortages: readonly Shortage[]
  readonly bank: Bank
  readonly messages: MessageCounts
  /** Looked at while orders were packed and waiting. */
  readonly reservedMidway: Check | undefined
  /** The books are kept until the end of the month in which the last goods left. */
  readonly asOf: Day
}

/** Everything is made from this seed. */
const seed = 'superstore demo'

/** Lives through the months of the data: orders come in, goods go out, the bank sends a statement, and in the end all messages are delivered. */
export const runSuperstore = async (
  { orders, refused }: Superstore,
  storage: Storage,
  mailbox: Mailbox,
  out: string,
  progress: Progress,
): Promise<SuperstoreRun> => {
  const dice = seeded(seed)
  const tally = commandTally()
  const { oms, staff } = openBooks(storage, 'USD', {
    notifiers: { email: mailbox },
    // A mailbox in a file takes many at once.
    settings: { deliveriesAtOnce: 250 },
  })
  const { products, customers } = await setUpShop(orders, staff, tally, dice, progress)

  const journeys = orders.map((order) =>
    journeyOf(order, makeOrderFacts({ ...order, reference: order.orderId }, dice)),
  )
  const payments = paymentMaker(dice)
  const bank = openBank(join(out, 'statements'), payments, staff, tally)
  const steps = orderSteps(staff, tally)
  const shortages: Shortage[] = []
  const months = monthsOf(journeys)
  const receipts = makeStock(orders, dice)

  const middle = months[months.length >> 1]
  let messages: MessageCounts = { delivered: 0, parked: 0 }
  let reservedMidway: Check | undefined
  const step = progress.step('orders', orders.length)
  for (const month of months) {
    step.at(month)
    if (month.endsWith('-01') || month === months[0]) {
      await receiveStock(receipts.get(month.slice(0, 4)) ?? [], staff, tally)
    }
    const ordered = inMonth(journeys, month, ({ order }) => order.orderedOn)
    shortages.push(...(await steps.take(ordered)))
    if (month === middle) reservedMidway = await checkReserved(staff.warehouse, month)
    const shipped = inMonth(journeys, month, ({ order }) => order.shippedOn)
    await steps.ship(shipped)
    for (const journey of shipped) billOnAccount(payments, journey)
    await steps.deliver(inMonth(journeys, month, ({ made }) => made.deliveredOn))
    await bank.sendStatement(month)
    messages = await relayMailbox(oms, messages)
    step.did(ordered.length)
  }
  messages = await relayTheRest(oms, messages, join(out, 'mailbox'), journeys.length)
  step.end(`${grouped(tally.done + tally.replayed)} commands, ${grouped(messages.delivered)} messages`)
  return {
    staff,
    tally,
    orders,
    refused,
    products,
    customers,
    receipts: [...receipts.values()].flat(),
    shortages,
    bank,
    messages,
    reservedMidway,
    asOf: lastDayOf(months.at(-1) ?? ''),
  }
}

/** From the first order to the last delivery. */
const monthsOf = (journeys: readonly Journey[]): readonly string[] => {
  const days = journeys.flatMap(({ order, made }) => [order.orderedOn, made.deliveredOn]).sort()
  return monthsFrom(monthOf(days[0] ?? ''), monthOf(days.at(-1) ?? ''))
}

/** Only invoices on account are paid by transfer; the others were paid with the order. */
const billOnAccount = (payments: PaymentMaker, { order, made, total, invoiceNumber }: Journey): void => {
  if (made.payment.terms !== 'on_account' || total === 0n) return
  payments.billed({ number: invoiceNumber, customer: order.customerId, total, issuedOn: order.shippedOn })
}

/** An interrupted run may have claimed messages and not sent them; they come back when its lease is over. */
const relayTheRest = async (
  oms: OrderManagement,
  soFar: MessageCounts,
  mailbox: string,
  delivered: number,
): Promise<MessageCounts> => {
  const thanked = (await readMailbox(mailbox)).topics.get('thank_you') ?? 0
  if (thanked >= delivered) return soFar
  await new Promise((resolve) => setTimeout(resolve, lease))
  return relayMailbox(oms, soFar)
}
