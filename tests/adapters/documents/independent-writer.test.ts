import { InvoiceService, type Invoice } from '@e-invoice-eu/core'
import { describe, expect, it } from 'vitest'
import { readInvoice, specifications, validateInvoice } from 'orderwright/documents'

const amount = (name: string, value: string): Record<string, string> => ({
  [name]: value,
  [`${name}@currencyID`]: 'EUR',
})

const address = (country: string, city: string): object => ({
  'cbc:StreetName': 'Hauptstraße 1',
  'cbc:CityName': city,
  'cbc:PostalZone': '10115',
  'cac:Country': { 'cbc:IdentificationCode': country },
})

const vat = (rate: string): object => ({
  'cbc:ID': 'S',
  'cbc:Percent': rate,
  'cac:TaxScheme': { 'cbc:ID': 'VAT' },
})

/** In the form of @e-invoice-eu/core, which writes both syntaxes from it. */
const theirs = {
  'ubl:Invoice': {
    'cbc:CustomizationID': specifications.en16931,
    'cbc:ProfileID': 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    'cbc:ID': 'RE-1',
    'cbc:IssueDate': '2026-03-01',
    'cbc:DueDate': '2026-03-31',
    'cbc:InvoiceTypeCode': '380',
    'cbc:DocumentCurrencyCode': 'EUR',
    'cbc:BuyerReference': 'B-1',
    'cac:AccountingSupplierParty': {
      'cac:Party': {
        'cbc:EndpointID': 'invoices@muster.example',
        'cbc:EndpointID@schemeID': 'EM',
        'cac:PostalAddress': address('DE', 'Berlin'),
        'cac:PartyTaxScheme': [{ 'cbc:CompanyID': 'DE123456789', 'cac:TaxScheme': { 'cbc:ID': 'VAT' } }],
        'cac:PartyLegalEntity': { 'cbc:RegistrationName': 'Muster GmbH & Co' },
      },
    },
    'cac:AccountingCustomerParty': {
      'cac:Party': {
        'cbc:EndpointID': 'buyer@example.example',
        'cbc:EndpointID@schemeID': 'EM',
        'cac:PostalAddress': address('FR', 'Paris'),
        'cac:PartyLegalEntity': { 'cbc:RegistrationName': 'Acheteur SA' },
      },
    },
    'cac:PaymentMeans': [
      {
        'cbc:PaymentMeansCode': '58',
        'cbc:PaymentID': 'RE-1',
        'cac:PayeeFinancialAccount': { 'cbc:ID': 'DE02120300000000202051' },
      },
    ],
    'cac:AllowanceCharge': [
      {
        'cbc:ChargeIndicator': 'false',
        'cbc:AllowanceChargeReason': 'Loyalty',
        ...amount('cbc:Amount', '10.00'),
        'cac:TaxCategory': vat('19'),
      },
    ],
    'cac:TaxTotal': [
      {
        ...amount('cbc:TaxAmount', '9.50'),
        'cac:TaxSubtotal': [
          {
            ...amount('cbc:TaxableAmount', '50.00'),
            ...amount('cbc:TaxAmount', '9.50'),
            'cac:TaxCategory': vat('19'),
          },
        ],
      },
    ],
    'cac:LegalMonetaryTotal': {
      ...amount('cbc:LineExtensionAmount', '60.00'),
      ...amount('cbc:TaxExclusiveAmount', '50.00'),
      ...amount('cbc:TaxInclusiveAmount', '59.50'),
      ...amount('cbc:AllowanceTotalAmount', '10.00'),
      ...amount('cbc:PayableAmount', '59.50'),
    },
    'cac:InvoiceLine': [
      {
        'cbc:ID': '1',
        'cbc:InvoicedQuantity': '3',
        'cbc:InvoicedQuantity@unitCode': 'C62',
        ...amount('cbc:LineExtensionAmount', '60.00'),
        'cac:Item': { 'cbc:Name': 'Mug', 'cac:ClassifiedTaxCategory': vat('19') },
        'cac:Price': amount('cbc:PriceAmount', '20.00'),
      },
    ],
  },
}

const party = { line1: 'Hauptstraße 1', postCode: '10115' }

const ours = {
  specification: specifications.en16931,
  process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  number: 'RE-1',
  issuedOn: '2026-03-01',
  typeCode: '380',
  currency: 'EUR',
  dueOn: '2026-03-31',
  buyerReference: 'B-1',
  seller: {
    name: 'Muster GmbH & Co',
    vatId: 'DE123456789',
    electronicAddress: { id: 'invoices@muster.example', scheme: 'EM' },
    address: { ...party, city: 'Berlin', country: 'DE' },
  },
  buyer: {
    name: 'Acheteur SA',
    electronicAddress: { id: 'buyer@example.example', scheme: 'EM' },
    address: { ...party, city: 'Paris', country: 'FR' },
  },
  payment: {
    meansCode: '58',
    remittanceInformation: 'RE-1',
    creditTransfers: [{ account: 'DE02120300000000202051' }],
  },
  allowances: [{ amount: '10.00', reason: 'Loyalty', taxCategory: 'S', taxRate: '19' }],
  totals: { lineNet: '60.00', allowances: '10.00', net: '50.00', tax: '9.50', gross: '59.50', due: '59.50' },
  taxes: [{ taxable: '50.00', tax: '9.50', category: 'S', rate: '19' }],
  lines: [
    {
      id: '1',
      quantity: '3',
      unit: 'C62',
      net: '60.00',
      price: { net: '20.00' },
      tax: { category: 'S', rate: '19' },
      item: { name: 'Mug' },
    },
  ],
}

describe('a document of another writer', () => {
  it.each([
    ['UBL', 'ubl'],
    ['CII', 'cii'],
  ])('in %s reads as the same invoice, which breaks no rule', async (format, syntax) => {
    const silent = { log: () => undefined, warn: () => undefined, error: () => undefined }
    const service = new InvoiceService(silent)
    const written = await service.generate(theirs as unknown as Invoice, { format, lang: 'en' })
    const read = await readInvoice(written)
    expect(read).toEqual({ syntax, invoice: { ...ours, specification: read.invoice.specification } })
    expect(validateInvoice(read.invoice)).toEqual([])
  })
})
