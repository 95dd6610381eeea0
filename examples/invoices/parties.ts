import type { BuyerParty, SellerParty } from 'orderwright/documents'

/** Sellers and buyers of the example, by country. All names and numbers are made up. */
export const sellers = {
  germany: {
    name: 'Muster GmbH',
    vatId: 'DE123456789',
    legalRegistration: { id: 'HRB 12345' },
    address: { line1: 'Hauptstraße 1', city: 'Berlin', postCode: '10115', country: 'DE' },
    contact: { name: 'Ada Muster', telephone: '+49 30 1234567', email: 'ada@muster.example' },
  },
  france: {
    name: 'Exemple SARL',
    vatId: 'FR12345678901',
    address: { line1: '12 rue de la Paix', city: 'Lyon', postCode: '69002', country: 'FR' },
  },
  'united-states': {
    name: 'Sample Goods Inc.',
    taxRegistration: '12-3456789',
    legalRegistration: { id: 'NY 5551234' },
    address: {
      line1: '350 Main Street',
      city: 'New York',
      subdivision: 'NY',
      postCode: '10118',
      country: 'US',
    },
  },
  japan: {
    name: '株式会社サンプル',
    taxRegistration: 'T1234567890123',
    legalRegistration: { id: '1234567890123' },
    address: { line1: '丸の内1-1-1', city: '東京都千代田区', postCode: '100-0005', country: 'JP' },
  },
  india: {
    name: 'Udaharan Traders Pvt. Ltd.',
    taxRegistration: '27ABCDE1234F1Z5',
    legalRegistration: { id: 'U12345MH2020PTC123456' },
    address: { line1: '14 M.G. Road', city: 'Pune', subdivision: 'MH', postCode: '411001', country: 'IN' },
  },
} as const satisfies Readonly<Record<string, SellerParty>>

export const buyers = {
  germany: {
    name: 'Käufer AG',
    vatId: 'DE987654321',
    address: { line1: 'Ring 5', city: 'Hamburg', postCode: '20095', country: 'DE' },
  },
  france: {
    name: 'Acheteur SA',
    vatId: 'BE0123456749',
    address: { line1: 'Rue Haute 3', city: 'Bruxelles', postCode: '1000', country: 'BE' },
  },
  'united-states': {
    name: 'Corner Store LLC',
    address: {
      line1: '9 Bleecker Street',
      city: 'New York',
      subdivision: 'NY',
      postCode: '10012',
      country: 'US',
    },
  },
  japan: {
    name: '見本商事株式会社',
    address: { line1: '梅田2-2-2', city: '大阪市北区', postCode: '530-0001', country: 'JP' },
  },
  india: {
    name: 'Namuna Stores',
    address: {
      line1: '7 Brigade Road',
      city: 'Bengaluru',
      subdivision: 'KA',
      postCode: '560001',
      country: 'IN',
    },
  },
} as const satisfies Readonly<Record<string, BuyerParty>>

export type Country = keyof typeof sellers
