import { invoiceFromRecord, type IssuedHeader } from 'orderwright/documents'
import type { Business } from './business.js'
import { headerOf, type Case } from './case.js'
import { hours, place, ship, type Sale } from './sell.js'

interface Look extends Omit<Case, 'invoice' | 'taxes'> {
  readonly header?: Partial<IssuedHeader>
}

/** Sells and ships; the document is the invoice that was issued with the shipment. */
const sold = async (
  business: Business,
  sale: Sale,
  { header, ...look }: Look,
): Promise<Case & { readonly order: string }> => {
  const order = await place(business, sale)
  const issued = await business.desk.invoices.get({ invoice: await ship(business, order) })
  // EN 16931 knows one tax on a line: the XML has the rate of stacked taxes together, the pages each by its name.
  const taxes = (issued.totals?.taxes ?? []).flatMap(({ treatment, base, amounts }) =>
    treatment.components.map(({ name, percent }, index) => ({
      name,
      rate: percent,
      taxable: base.amount,
      tax: amounts[index]?.amount ?? '0',
    })),
  )
  const isStacked = (issued.totals?.taxes ?? []).some(({ amounts }) => amounts.length > 1)
  const invoice = invoiceFromRecord(issued, headerOf(sale.entity, header))
  return { ...look, order, invoice, ...(isStacked && { taxes }) }
}

const kilograms = { code: 'KGM', digits: 3 }

/** Two rates, a discount on a line and one on the whole document. */
const german = (business: Business) =>
  sold(
    business,
    {
      entity: 'germany',
      currency: 'EUR',
      goods: [
        {
          sku: 'TASSE',
          name: 'Blaue Tasse',
          quantity: 48,
          price: '7.95',
          taxClass: 'standard',
          discount: '5',
        },
        {
          sku: 'BOHNEN',
          name: 'Kaffee, ganze Bohnen',
          unit: kilograms,
          quantity: '2.5',
          price: '17.99',
          taxClass: 'reduced',
        },
        { sku: 'TELLER', name: 'Teller', quantity: 12, price: '11.335', taxClass: 'standard' },
      ],
      more: { adjustments: [{ kind: 'discount', percent: '3', reason: 'Messerabatt' }] },
    },
    {
      name: 'germany',
      language: 'de',
      header: {
        delivery: { deliveredOn: '2026-02-27' },
        paymentTerms: 'Zahlbar innerhalb von 30 Tagen ohne Abzug.',
      },
    },
  )

/** The buyer in Belgium owes the tax. */
const french = (business: Business) =>
  sold(
    business,
    {
      entity: 'france',
      currency: 'EUR',
      registration: { country: 'BE', number: 'BE0123456749' },
      goods: [
        {
          sku: 'MAINTENANCE',
          name: 'Maintenance des serveurs, février 2026',
          unit: hours,
          stocked: false,
          quantity: '16.5',
          price: '82.50',
          taxClass: 'standard',
        },
      ],
    },
    { name: 'france', language: 'fr', header: { period: { from: '2026-02-01', to: '2026-02-28' } } },
  )

/** State, city and commuter district on one line. */
const unitedStates = (business: Business) =>
  sold(
    business,
    {
      entity: 'united-states',
      currency: 'USD',
      goods: [
        { sku: 'MUG', name: 'Stoneware mug', quantity: 24, price: '8.49', taxClass: 'standard' },
        { sku: 'GRINDER', name: 'Coffee grinder', quantity: 1, price: '129.95', taxClass: 'standard' },
      ],
      more: { taxPlace: { country: 'US', subdivision: 'US-NY', city: 'New York' } },
    },
    { name: 'united-states', language: 'en', paper: 'Letter' },
  )

const japanese = (business: Business) =>
  sold(
    business,
    {
      entity: 'japan',
      currency: 'JPY',
      goods: [
        { sku: 'MAGU', name: '青いマグカップ', quantity: 15, price: '1235', taxClass: 'standard' },
        { sku: 'KOHI', name: 'コーヒー豆（軽減税率対象）', quantity: 7, price: '1180', taxClass: 'reduced' },
      ],
    },
    { name: 'japan', language: 'ja' },
  )

const indian = (business: Business) =>
  sold(
    business,
    {
      entity: 'india',
      currency: 'INR',
      goods: [
        {
          sku: 'TUMBLER',
          name: 'Steel tumbler, HSN 7323',
          quantity: 1_200,
          price: '149.50',
          taxClass: 'standard',
        },
      ],
    },
    { name: 'india', language: 'en-IN' },
  )

/** The buyer deducts income tax at source from fees, and pays it to the tax office on the seller's behalf. */
const indianFees = (business: Business) =>
  sold(
    business,
    {
      entity: 'india',
      currency: 'INR',
      goods: [
        {
          sku: 'TRAINING',
          name: 'Training of baristas, SAC 999293',
          unit: hours,
          stocked: false,
          quantity: '17.5',
          price: '2450.00',
          taxClass: 'standard',
        },
      ],
      more: { withholdings: [{ name: 'TDS, section 194J', percent: '10', on: 'net' }] },
    },
    { name: 'india-fees', language: 'en-IN' },
  )

/** One sale in each country. */
export const countries = async (business: Business) => ({
  germany: await german(business),
  france: await french(business),
  unitedStates: await unitedStates(business),
  japan: await japanese(business),
  india: await indian(business),
  indiaFees: await indianFees(business),
})
