import type { ElectronicInvoice } from '../../electronic-invoice.js'
import { document, optional } from '../places.js'
import { has, type Rule } from '../rule.js'
import { isTaxedIn, when } from './national-rule.js'

const italianSeller = when(isTaxedIn('IT'))
const italianAddress = (id: string, message: string, part: 'line1' | 'city' | 'postCode'): Rule =>
  italianSeller(id, message, document(`seller.address.${part}`), ({ seller }) => has(seller.address[part]))

export const italy: readonly Rule[] = [
  italianSeller(
    'IT-R-001',
    'The tax registration of an Italian seller has 11 to 16 capital letters and digits (BT-32).',
    optional('seller.taxRegistration', ({ seller }: ElectronicInvoice) => seller.taxRegistration),
    (id) => /^[A-Z0-9]{11,16}$/.test(id.trim()),
  ),
  italianAddress('IT-R-002', 'The address of an Italian seller has a first line (BT-35).', 'line1'),
  italianAddress('IT-R-003', 'The address of an Italian seller has a city (BT-37).', 'city'),
  italianAddress('IT-R-004', 'The address of an Italian seller has a post code (BT-38).', 'postCode'),
]
