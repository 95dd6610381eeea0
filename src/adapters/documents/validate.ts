import type { ElectronicInvoice } from './electronic-invoice.js'
import { codeLists } from './rules/code-lists.js'
import { conditions } from './rules/conditions.js'
import { decimals } from './rules/decimals.js'
import { forms } from './rules/forms.js'
import { peppolRules } from './rules/peppol.js'
import { requiredFields } from './rules/required-fields.js'
import type { Rule, RuleFlag } from './rules/rule.js'
import { taxCategories } from './rules/tax-categories.js'
import { xrechnungRules } from './rules/xrechnung.js'

/** A rule that an invoice breaks. */
export interface Finding {
  /** As published: `BR-CO-10`, `BR-S-08`, `PEPPOL-EN16931-R003`, `BR-DE-15`; `FORM-…` is what the XML schemas demand. */
  readonly rule: string
  /** A fatal finding makes the document invalid; a warning does not. */
  readonly flag: RuleFlag
  /** A path in the invoice: `lines[0].price.net`. */
  readonly place: string
  readonly message: string
}

/** All rules, in the order of the findings. */
export const invoiceRules: readonly Rule[] = [
  ...forms,
  ...requiredFields,
  ...conditions,
  ...taxCategories,
  ...decimals,
  ...codeLists,
  ...peppolRules,
  ...xrechnungRules,
]

/**
 * Checks an invoice against EN 16931-1, and against Peppol BIS Billing 3 or XRechnung 3.0 where its specification (BT-24) names them. Arithmetic
 * is exact, with the tolerances that are published. Answers with every finding; none means that it may be sent.
 */
export const validateInvoice = (invoice: ElectronicInvoice): readonly Finding[] =>
  invoiceRules.flatMap(({ id, flag, message, broken }) =>
    broken(invoice).map((place): Finding => ({ rule: id, flag, place, message })),
  )
