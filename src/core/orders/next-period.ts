import type { OrderStatus } from '../../state-machines/order.machine.js'
import { dayAfter, endOfPeriod, type Recurring } from '../pricing/recurring.js'
import type { LocalDate } from '../time/local-date.js'
import type { OrderLine } from './order-line.js'

/** The next day on which a period of an order is to be billed, or is over; nothing where none is left, and for a draft. */
export const nextPeriodOn = ({ status, lines }: OrderWithPeriods): LocalDate | undefined => {
  if (status !== 'placed' && status !== 'confirmed') return undefined
  let first: LocalDate | undefined
  for (const line of lines) {
    if (line.recurring === undefined) continue
    for (const day of daysOf(line, line.recurring)) if (first === undefined || day < first) first = day
  }
  return first
}

interface OrderWithPeriods {
  readonly status: OrderStatus
  readonly lines: readonly OrderLine[]
}

const daysOf = (line: OrderLine, recurring: Recurring): readonly LocalDate[] => {
  const units = line.quantity - line.canceled
  const days: LocalDate[] = []
  if (recurring.billed === 'period_start' && line.invoiced < units)
    days.push(dayAfter(recurring, line.invoiced))
  if (line.shipped < units) {
    const end = endOfPeriod(recurring, dayAfter(recurring, line.shipped))
    const last = dayAfter(recurring, units)
    days.push(last < end ? last : end)
  }
  return days
}
