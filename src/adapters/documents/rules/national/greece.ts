import type { ElectronicInvoice } from '../../electronic-invoice.js'
import { isGreekNumber } from '../check-digits.js'
import { codes } from '../codes.js'
import { document, optional } from '../places.js'
import { has, type Rule } from '../rule.js'
import { attachmentsDescribed, isTaxedIn, when } from './national-rule.js'

const isGreek = (country: string): boolean => ['GR', 'EL'].includes(country.slice(0, 2).toUpperCase())

const isGreekSale = (invoice: ElectronicInvoice): boolean =>
  isTaxedIn('GR')(invoice) || isTaxedIn('EL')(invoice)

const greekSeller = when(isGreekSale)
const sellerInGreece = when((invoice) => isGreekSale(invoice) && invoice.seller.address.country === 'GR')
/** Whatever a tax representative is. */
const sellerOfGreece = when(({ seller }) => isGreek(seller.vatId ?? seller.address.country))
const greekTrade = when(
  (invoice) => isGreekSale(invoice) && isGreek(invoice.buyer.vatId ?? invoice.buyer.address.country),
)

/** The segments of the number that myDATA gives an invoice: `094014201|01/03/2026|0|1.1|A|17`. */
const segmentsOf = ({ number }: ElectronicInvoice): readonly string[] => number.split('|')

const number = document('number')

const greekTypes = codes('1.1 1.6 2.1 2.4 5.1 5.2')

const isGreekVatId = (vatId: string): boolean => vatId.startsWith('EL') && isGreekNumber(vatId.slice(2))

/** `2026-03-01` as `01/03/2026`. */
const written = (date: string): string => date.split('-').reverse().join('/')

const mark = '##M.AR.K##'
const url = '##INVOICE|URL##'

const count = (description: string, invoice: ElectronicInvoice): number =>
  attachmentsDescribed(description)(invoice).length

export const greece: readonly Rule[] = [
  greekSeller(
    'GR-R-001-1',
    'The number of a Greek invoice has six segments with | between them (BT-1).',
    number,
    (invoice) => segmentsOf(invoice).length === 6,
  ),
  greekSeller(
    'GR-R-001-2',
    'The number of a Greek invoice begins with the tax number of the seller or its tax representative (BT-1).',
    number,
    (invoice) => {
      const [taxNumber = ''] = segmentsOf(invoice)
      const known = [invoice.seller.vatId, invoice.taxRepresentative?.vatId]
      return isGreekNumber(taxNumber) && known.some((vatId) => vatId?.slice(2, 11) === taxNumber)
    },
  ),
  greekSeller(
    'GR-R-001-3',
    'The second segment of the number of a Greek invoice is the day of issue as 31/12/2026 (BT-1, BT-2).',
    number,
    (invoice) => segmentsOf(invoice)[1]?.split('/').slice(0, 3).join('/') === written(invoice.issuedOn),
  ),
  greekSeller(
    'GR-R-001-4',
    'The third segment of the number of a Greek invoice is a whole number (BT-1).',
    number,
    (invoice) => /^[0-9]+$/.test(segmentsOf(invoice)[2] ?? ''),
  ),
  greekSeller(
    'GR-R-001-5',
    'The fourth segment of the number of a Greek invoice is a Greek document type: 1.1, 1.6, 2.1, 2.4, 5.1 or 5.2 (BT-1).',
    number,
    (invoice) => greekTypes.has(segmentsOf(invoice)[3] ?? ''),
  ),
  greekSeller(
    'GR-R-001-6',
    'The fifth segment of the number of a Greek invoice is not empty (BT-1).',
    number,
    (invoice) => (segmentsOf(invoice)[4] ?? '') !== '',
  ),
  greekSeller(
    'GR-R-001-7',
    'The sixth segment of the number of a Greek invoice is not empty (BT-1).',
    number,
    (invoice) => (segmentsOf(invoice)[5] ?? '') !== '',
  ),
  greekSeller(
    'GR-R-002',
    'A Greek seller has its full name as it is registered (BT-28).',
    document('seller.tradingName'),
    ({ seller }) => has(seller.tradingName),
  ),
  greekSeller(
    'GR-S-011',
    'A Greek seller has a VAT number: EL and its nine digits (BT-31).',
    document('seller.vatId'),
    ({ seller }) => isGreekVatId(seller.vatId ?? ''),
    'warning',
  ),
  greekSeller(
    'GR-R-003',
    'The VAT number of a Greek seller is EL and its nine digits (BT-31).',
    optional('seller.vatId', ({ seller }: ElectronicInvoice) => seller.vatId),
    isGreekVatId,
  ),
  sellerInGreece(
    'GR-R-004-1',
    'A Greek invoice has one supporting document described as ##M.AR.K##, whose reference is its MARK (BT-122, BT-123).',
    document('attachments'),
    (invoice) => count(mark, invoice) === 1,
  ),
  sellerInGreece(
    'GR-S-008-1',
    'A Greek invoice has one supporting document described as ##INVOICE|URL## (BT-123).',
    document('attachments'),
    (invoice) => count(url, invoice) === 1,
    'warning',
  ),
  sellerInGreece(
    'GR-R-008-2',
    'A Greek invoice has no more than one supporting document described as ##INVOICE|URL## (BT-123).',
    document('attachments'),
    (invoice) => count(url, invoice) < 2,
  ),
  sellerInGreece(
    'GR-R-004-2',
    'The MARK of a Greek invoice is a whole number above zero (BT-122).',
    attachmentsDescribed(mark, 'id'),
    ({ id }) => /^[1-9]/.test(id),
  ),
  greekSeller(
    'GR-R-008-3',
    'The supporting document described as ##INVOICE|URL## says where the invoice is found (BT-124).',
    attachmentsDescribed(url, 'location'),
    ({ location }) => has(location),
  ),
  greekSeller(
    'GR-R-005',
    'A Greek seller names the buyer in full (BT-45).',
    document('buyer.tradingName'),
    ({ buyer }) => has(buyer.tradingName),
  ),
  sellerOfGreece(
    'GR-R-009',
    'The electronic address of a Greek seller is its tax number, under the scheme 9933 (BT-34).',
    optional('seller.electronicAddress', ({ seller }: ElectronicInvoice) => seller.electronicAddress),
    ({ id, scheme }) => scheme === '9933' && isGreekNumber(id),
  ),
  greekTrade(
    'GR-R-006',
    'Of a Greek buyer, a Greek seller gives the VAT number: EL and its nine digits (BT-48).',
    document('buyer.vatId'),
    ({ buyer }) => isGreekVatId(buyer.vatId ?? ''),
  ),
  greekTrade(
    'GR-R-010',
    'The electronic address of a Greek buyer is its tax number, under the scheme 9933 (BT-49).',
    optional('buyer.electronicAddress', ({ buyer }: ElectronicInvoice) => buyer.electronicAddress),
    ({ id, scheme }) => scheme === '9933' && isGreekNumber(id),
  ),
]
