import type { SettingsInput } from 'orderwright'

export const vat = (percent: string) => ({ category: 'S', components: [{ name: 'VAT', percent }] }) as const

const rate = (country: string, taxClass: string, percent: string) => ({
  country,
  taxClass,
  from: '2000-01-01',
  ...vat(percent),
})

/** A seller in Germany with customers in the European Union and outside it. */
export const germanTax: NonNullable<SettingsInput['tax']> = {
  seller: { country: 'DE' },
  union: ['DE', 'FR', 'AT'],
  rates: [rate('DE', 'standard', '19'), rate('DE', 'reduced', '7'), rate('FR', 'standard', '20')],
  rules: [
    {
      buyer: 'same_union',
      registered: true,
      treatment: { category: 'K', components: [], exemption: 'Intra-community supply' },
    },
    { buyer: 'elsewhere', treatment: { category: 'G', components: [], exemption: 'Export' } },
  ],
}
