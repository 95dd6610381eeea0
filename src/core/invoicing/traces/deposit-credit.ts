import { elementAt, present } from '../../invariant.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import type { DocumentAmounts } from '../../totals/calculation.js'
import { tracesIn } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { CreditNote } from '../credit-note.js'
import type { Invoice } from '../invoice.js'
import type { CalculatedTraces } from './document.js'
import { traceLeftOfDeposit, type DeductedBy } from './left-of-deposit.js'
import { traceSums } from './sums.js'

/** Why a deposit invoice is credited by so much: what it claimed, less what later invoices had deducted of it and earlier credit notes given back. */
export const traceDepositCredit = (
  note: CreditNote,
  invoice: Invoice,
  deducted: readonly DeductedBy[],
): CalculatedTraces => {
  const composer = tracesIn(note.currency)
  const { given } = composer
  const { total, totals, credited, creditedTotals } = invoice

  const left = (amount: Parameters<typeof traceLeftOfDeposit>[3]): Trace =>
    traceLeftOfDeposit(composer, invoice, deducted, amount)
  const taxIn = (amounts: Pick<DocumentAmounts, 'taxes'> | undefined, treatment: TaxTreatment) =>
    amounts?.taxes.find((tax) => treatmentKey(tax.treatment) === treatmentKey(treatment))
  const claimedUnder = (treatment: TaxTreatment) => {
    const { taxes } = present(totals, 'what is taxed has totals')
    const at = taxes.findIndex((tax) => treatmentKey(tax.treatment) === treatmentKey(treatment))
    return { path: `totals.taxes.${at}`, claimed: elementAt(taxes, at) }
  }

  const amount = (): Trace =>
    left({ name: 'amount', claimed: total, path: 'total', credited, deductedOf: (part) => part.amount })
  const base = (treatment: TaxTreatment): Trace => {
    const { path, claimed } = claimedUnder(treatment)
    return left({
      name: 'net',
      claimed: claimed.base,
      path: `${path}.base`,
      credited: taxIn(creditedTotals, treatment)?.base,
      deductedOf: (part) => taxIn(part, treatment)?.base,
    })
  }
  const levied = (treatment: TaxTreatment, component: number): Trace => {
    const { path, claimed } = claimedUnder(treatment)
    const { name, percent } = elementAt(treatment.components, component)
    return left({
      name: `${name} ${percent}%`,
      claimed: elementAt(claimed.amounts, component),
      path: `${path}.amounts.${component}`,
      credited: taxIn(creditedTotals, treatment)?.amounts[component],
      deductedOf: (part) => taxIn(part, treatment)?.amounts[component],
    })
  }
  const treatments = (note.totals?.taxes ?? []).map(({ treatment }) => treatment)
  const { net, tax, gross } = traceSums(composer, {
    treatments,
    nets: () => treatments.map(base),
    netRule: 'under each tax treatment',
    levied,
  })
  return {
    composer,
    line: (place) => {
      const { tax: treatment } = present(note.lines[place], 'a line of a document has its place')
      return treatment === undefined ? amount() : base(treatment)
    },
    share: () => given('no share', 0n, 'a deposit has no discounts of its own'),
    sum: (wanted) => {
      if (wanted === 'lineNet' || wanted === 'net') return net()
      if (wanted === 'tax') return tax()
      return wanted === 'gross'
        ? gross()
        : given(wanted, 0n, 'a deposit has no discounts and charges of its own')
    },
    adjustment: () => given('no discount', 0n, 'a deposit has no discounts and charges of its own'),
    base,
    levied,
    total: amount,
  }
}
