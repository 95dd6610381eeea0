import type { ElectronicInvoice } from '../../electronic-invoice.js'
import { isNorwegianNumber } from '../check-digits.js'
import { document, optional } from '../places.js'
import type { Rule } from '../rule.js'
import { isTaxedIn, when } from './national-rule.js'

const norwegianSeller = when(isTaxedIn('NO'))

export const norway: readonly Rule[] = [
  norwegianSeller(
    'NO-R-001',
    'A Norwegian VAT number is NO, the nine digits of the organization and MVA (BT-31).',
    optional('seller.vatId', ({ seller }: ElectronicInvoice) => seller.vatId),
    (vatId) => /^NO[0-9]{9}MVA$/.test(vatId) && isNorwegianNumber(vatId.slice(2, 11)),
  ),
  norwegianSeller(
    'NO-R-002',
    'The tax registration of most Norwegian sellers says "Foretaksregisteret" (BT-32).',
    document('seller.taxRegistration'),
    ({ seller }) => seller.taxRegistration?.trim() === 'Foretaksregisteret',
    'warning',
  ),
]
