import type { ElectronicInvoice } from '../electronic-invoice.js'

/** Fatal: no receiver has to accept the document. Warning: it should be better. */
export type RuleFlag = 'fatal' | 'warning'

/** A place in the invoice, as a path such as `lines[0].price.net`, and what stands there. */
export interface Place<Value> {
  readonly path: string
  readonly value: Value
}

/** Where a rule applies. */
export type Where<Value> = (invoice: ElectronicInvoice) => readonly Place<Value>[]

/** A rule of the standard: what it says, and the places of an invoice that break it. */
export interface Rule {
  /** As published: `BR-CO-10`. */
  readonly id: string
  readonly flag: RuleFlag
  readonly message: string
  readonly broken: (invoice: ElectronicInvoice) => readonly string[]
}

/** A rule, fatal unless it says otherwise. */
export const rule = <Value>(
  { id, flag = 'fatal', message }: RuleName,
  where: Where<Value>,
  check: (value: Value, invoice: ElectronicInvoice) => boolean,
): Rule => preparedRule({ id, flag, message }, where, (invoice) => (value) => check(value, invoice))

/** The same where a check needs something of the whole invoice: gone over once, and not for each place again. */
export const preparedRule = <Value>(
  { id, flag = 'fatal', message }: RuleName,
  where: Where<Value>,
  prepare: (invoice: ElectronicInvoice) => (value: Value) => boolean,
): Rule => ({
  id,
  flag,
  message,
  broken: (invoice) => {
    const check = prepare(invoice)
    return where(invoice)
      .filter(({ value }) => !check(value))
      .map(({ path }) => path)
  },
})

export interface RuleName {
  readonly id: string
  readonly flag?: RuleFlag
  readonly message: string
}

/** Whether a text is there: a document that lacks it has none or an empty one. */
export const has = (text: string | undefined): boolean => text !== undefined && text.trim() !== ''
