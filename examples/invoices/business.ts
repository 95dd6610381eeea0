import { createOrderManagement, memoryStorage, trustHost, type SettingsInput } from 'orderwright'
import { fixedClock } from 'orderwright/testing'

type Rates = NonNullable<SettingsInput['tax']>['rates']

const rate = (country: string, taxClass: string, name: string, percent: string): Rates[number] => ({
  country,
  taxClass,
  from: '2020-01-01',
  category: 'S',
  components: [{ name, percent }],
})

/** One business with a legal entity in each of five countries: each has its own place for taxes, and series of its own. */
const settings: SettingsInput = {
  tax: {
    seller: { country: 'DE' },
    sellers: {
      germany: { country: 'DE' },
      france: { country: 'FR' },
      'united-states': { country: 'US', subdivision: 'US-NY', city: 'New York' },
      japan: { country: 'JP' },
      india: { country: 'IN' },
    },
    union: ['BE', 'DE', 'FR'],
    rates: [
      rate('DE', 'standard', 'USt', '19'),
      rate('DE', 'reduced', 'USt', '7'),
      rate('FR', 'standard', 'TVA', '20'),
      rate('JP', 'standard', '消費税', '10'),
      rate('JP', 'reduced', '消費税', '8'),
      rate('IN', 'standard', 'IGST', '18'),
      { ...rate('US', 'standard', 'New York State', '4'), subdivision: 'US-NY' },
      {
        ...rate('US', 'standard', 'New York City', '4.5'),
        subdivision: 'US-NY',
        city: 'New York',
        components: [
          { name: 'New York City', percent: '4.5' },
          { name: 'Metropolitan Commuter District', percent: '0.375' },
        ],
        adds: true,
      },
    ],
    rules: [
      {
        buyer: 'same_union',
        registered: true,
        treatment: {
          category: 'AE',
          components: [{ name: 'TVA', percent: '0' }],
          exemption: 'Autoliquidation, article 283-2 du CGI',
        },
      },
    ],
  },
  legalEntities: {
    germany: {
      invoice: {
        pattern: 'RE-{year}-{number}',
        digits: 6,
        fiscalYear: { startsOn: '01-01', written: 'YYYY' },
      },
      credit_note: {
        pattern: 'GS-{year}-{number}',
        digits: 6,
        fiscalYear: { startsOn: '01-01', written: 'YYYY' },
      },
    },
    france: {
      invoice: {
        pattern: 'F-{year}-{number}',
        digits: 4,
        fiscalYear: { startsOn: '01-01', written: 'YYYY' },
      },
      credit_note: {
        pattern: 'A-{year}-{number}',
        digits: 4,
        fiscalYear: { startsOn: '01-01', written: 'YYYY' },
      },
    },
    'united-states': {
      invoice: { pattern: 'US-{number}', digits: 5 },
      credit_note: { pattern: 'USC-{number}', digits: 5 },
    },
    japan: {
      invoice: { pattern: 'JP-{number}', digits: 6 },
      credit_note: { pattern: 'JPC-{number}', digits: 6 },
    },
    // Rule 46 (b) of the CGST Rules: 16 characters, letters, digits, hyphens and slashes, anew each financial year from April.
    india: {
      invoice: {
        pattern: 'MH/{year}/{number}',
        digits: 7,
        fiscalYear: { startsOn: '04-01', written: 'YY-YY' },
        longest: 16,
        signs: '-/',
      },
      credit_note: {
        pattern: 'MC/{year}/{number}',
        digits: 7,
        fiscalYear: { startsOn: '04-01', written: 'YY-YY' },
        longest: 16,
        signs: '-/',
      },
    },
  },
}

export const openBusiness = () => {
  const clock = fixedClock('2026-03-01T09:00:00.000Z')
  const storage = memoryStorage({ clock })
  const oms = createOrderManagement({ storage, clock, policy: trustHost, settings })
  const desk = oms.as({ actor: { kind: 'user', id: 'ada' } }).orThrow
  let keys = 0
  const key = () => ({ idempotencyKey: `key ${(keys += 1)}` })
  return { clock, desk, key }
}

export type Business = ReturnType<typeof openBusiness>
