import { specifications, type ElectronicInvoice, type IssuedHeader } from 'orderwright/documents'

/** Every business term of EN 16931 that fits into one valid invoice. */
export const fullInvoice: ElectronicInvoice = {
  specification: specifications.en16931,
  process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  number: 'RE-2026-00017',
  issuedOn: '2026-03-01',
  typeCode: '380',
  currency: 'EUR',
  taxCurrency: 'SEK',
  taxPointOn: '2026-02-28',
  dueOn: '2026-03-31',
  buyerReference: '04011000-12345-34',
  projectReference: 'P-7',
  contractReference: 'V-2025/3',
  purchaseOrderReference: 'PO-4711',
  salesOrderReference: 'SO-815',
  receivingAdviceReference: 'RA-1',
  despatchAdviceReference: 'DA-1',
  tenderReference: 'T-9',
  invoicedObject: { id: 'METER-55', scheme: 'ABT' },
  buyerAccountingReference: '4400/17',
  paymentTerms: '30 days net',
  notes: [
    { text: 'Thank you for <your> order & trust', subjectCode: 'AAI' },
    { text: 'Zweite Zeile: Größe "M"' },
  ],
  precedingInvoices: [{ number: 'RE-2026-00003', issuedOn: '2026-01-15' }],
  seller: {
    name: 'Muster GmbH',
    tradingName: 'Muster Handel',
    ids: [{ id: 'S-1' }, { id: '4000001123452', scheme: '0088' }],
    legalRegistration: { id: 'HRB 12345', scheme: '0204' },
    vatId: 'DE123456789',
    taxRegistration: '201/113/40209',
    legalInformation: 'Geschäftsführerin: A. Muster',
    electronicAddress: { id: 'invoices@muster.example', scheme: 'EM' },
    address: {
      line1: 'Hauptstraße 1',
      line2: 'Hof 2',
      line3: 'Tor 3',
      city: 'Berlin',
      postCode: '10115',
      subdivision: 'BE',
      country: 'DE',
    },
    contact: { name: 'Ada Muster', telephone: '+49 30 1234567', email: 'ada@muster.example' },
  },
  buyer: {
    name: 'Käufer AG',
    tradingName: 'Kaufhaus',
    id: { id: '7300010000001', scheme: '0088' },
    legalRegistration: { id: 'HRB 999', scheme: '0204' },
    vatId: 'DE987654321',
    electronicAddress: { id: 'buyer@kaeufer.example', scheme: 'EM' },
    address: {
      line1: 'Ring 5',
      line2: 'Haus B',
      line3: '4. Stock',
      city: 'Hamburg',
      postCode: '20095',
      subdivision: 'HH',
      country: 'DE',
    },
    contact: { name: 'Kim Lee', telephone: '+49 40 7654321', email: 'kim@kaeufer.example' },
  },
  payee: {
    name: 'Factoring SE',
    id: { id: '5790000436057', scheme: '0088' },
    legalRegistration: { id: 'HRB 5', scheme: '0204' },
  },
  taxRepresentative: {
    name: 'Steuerbüro Nord',
    vatId: 'DE111111111',
    address: { line1: 'Am Markt 1', city: 'Bremen', postCode: '28195', country: 'DE' },
  },
  delivery: {
    name: 'Lager Süd',
    location: { id: '4000001543212', scheme: '0088' },
    deliveredOn: '2026-02-27',
    address: { line1: 'Lagerweg 3', city: 'München', postCode: '80331', subdivision: 'BY', country: 'DE' },
  },
  period: { from: '2026-02-01', to: '2026-02-28' },
  payment: {
    meansCode: '58',
    meansText: 'SEPA credit transfer',
    remittanceInformation: 'RF18539007547034',
    creditTransfers: [
      { account: 'DE02120300000000202051', accountName: 'Muster GmbH', bank: 'BYLADEM1001' },
      { account: 'DE02500105170137075030' },
    ],
  },
  allowances: [
    {
      amount: '10.00',
      base: '200.00',
      percent: '5',
      reason: 'Loyalty',
      reasonCode: '95',
      taxCategory: 'S',
      taxRate: '19',
    },
  ],
  charges: [
    {
      amount: '5.00',
      base: '50.00',
      percent: '10',
      reason: 'Freight',
      reasonCode: 'FC',
      taxCategory: 'S',
      taxRate: '7',
    },
  ],
  totals: {
    lineNet: '240.00',
    allowances: '10.00',
    charges: '5.00',
    net: '235.00',
    tax: '39.85',
    taxInTaxCurrency: '440.00',
    gross: '274.85',
    prepaid: '74.80',
    rounding: '0.05',
    due: '200.10',
  },
  taxes: [
    { taxable: '195.00', tax: '37.05', category: 'S', rate: '19' },
    { taxable: '40.00', tax: '2.80', category: 'S', rate: '7' },
  ],
  attachments: [
    { id: 'A-1', description: 'Time sheet', location: 'https://files.example/a-1' },
    {
      id: 'A-2',
      description: 'Terms',
      file: { base64: 'SGVsbG8=', mimeCode: 'application/pdf', name: 'terms.pdf' },
    },
  ],
  lines: [
    {
      id: '1',
      note: 'Color: blue',
      invoicedObject: { id: 'LINE-7', scheme: 'ABT' },
      quantity: '10',
      unit: 'C62',
      net: '205.00',
      orderLine: '3',
      buyerAccountingReference: '4400/18',
      period: { from: '2026-02-01', to: '2026-02-10' },
      allowances: [{ amount: '5.00', base: '200.00', percent: '2.5', reason: 'Discount', reasonCode: '95' }],
      charges: [{ amount: '10.00', base: '200.00', percent: '5', reason: 'Packing', reasonCode: 'PC' }],
      price: { net: '20.00', discount: '2.50', gross: '22.50', baseQuantity: '1', baseUnit: 'C62' },
      tax: { category: 'S', rate: '19' },
      item: {
        name: 'Mug',
        description: 'Stoneware, 0.3 l',
        sellerId: 'MUG-1',
        buyerId: 'K-77',
        standardId: { id: '4000001123452', scheme: '0160' },
        classifications: [{ code: '52152101', scheme: 'STI', version: '19.05' }],
        originCountry: 'PT',
        attributes: [
          { name: 'Color', value: 'blue' },
          { name: 'Weight', value: '300 g' },
        ],
      },
    },
    {
      id: '2',
      quantity: '2.5',
      unit: 'KGM',
      net: '35.00',
      price: { net: '14.00' },
      tax: { category: 'S', rate: '7' },
      item: { name: 'Coffee' },
    },
  ],
}

/** What records of the seller do not say. */
export const issuedHeader: IssuedHeader = {
  specification: specifications.en16931,
  seller: fullInvoice.seller,
  buyer: fullInvoice.buyer,
  payment: { meansCode: '58', creditTransfers: [{ account: 'DE02120300000000202051' }] },
}

/** The same as a credit note. */
export const fullCreditNote: ElectronicInvoice = { ...fullInvoice, number: 'GS-2026-4', typeCode: '381' }

/** What the tax categories other than the standard rate demand. */
export const categorySample = (category: string): ElectronicInvoice => {
  const { taxPointOn: _day, taxCurrency: _currency, ...rest } = fullInvoice
  const isRated = category === 'S' || category === 'L' || category === 'M'
  const rate = isRated ? '7' : '0'
  const isOutside = category === 'O'
  const needsReason = !isRated && category !== 'Z'
  const { vatId: _seller, ...seller } = fullInvoice.seller
  const { vatId: _buyer, ...buyer } = fullInvoice.buyer
  const { taxRepresentative: _representative, ...withoutRepresentative } = rest
  const amount = {
    amount: '10.00',
    reason: 'Agreed',
    taxCategory: category,
    ...(!isOutside && { taxRate: rate }),
  }
  const [line] = fullInvoice.lines
  if (line === undefined) throw new Error('the sample has lines')
  return {
    ...(isOutside ? { ...withoutRepresentative, seller, buyer } : rest),
    allowances: [amount],
    charges: [{ ...amount }],
    lines: [{ ...line, tax: { category, ...(!isOutside && { rate }) } }],
    taxes: [
      {
        taxable: '205.00',
        tax: isRated ? '14.35' : '0.00',
        category,
        ...(!isOutside && { rate }),
        ...(needsReason && { exemptionReason: 'As agreed by law' }),
      },
    ],
    totals: {
      lineNet: '205.00',
      allowances: '10.00',
      charges: '10.00',
      net: '205.00',
      tax: isRated ? '14.35' : '0.00',
      gross: isRated ? '219.35' : '205.00',
      due: isRated ? '219.35' : '205.00',
    },
  }
}
