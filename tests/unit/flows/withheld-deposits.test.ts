import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { invoiceFromRecord } from '../../../src/adapters/documents/from-record.js'
import { orderKind, type Order } from '../../../src/core/orders/order.js'
import { plantDrift } from '../../support/plant-drift.js'
import { newKey, openShop, shipped, stock, type Shop } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const irpf = { name: 'IRPF', percent: '15', on: 'net' } as const
const ofTax = (percent: string) => ({ name: 'RITENUTA', percent, on: 'tax' }) as const

const hours = (quantity: number) => ({ sku: 'HOUR', quantity, tax: vat('21') })
/** At 20.00, without tax. */
const books = (quantity: number) => ({
  sku: 'BOOK',
  quantity,
  tax: { category: 'Z', components: [{ name: 'VAT', percent: '0' }] },
})
const tradeIn = (amount: string) => ({
  kind: 'discount',
  reason: 'taken in part exchange',
  amount: eur(amount),
  tax: vat('21'),
})

/** Ten hours at 100.00 with 21% of tax, of which 15% are withheld, or what else the order says. */
const open = async (content: object = {}, price = '100.00') => {
  const shop = openShop(memoryStorage)
  const { oms } = shop
  await stock(oms, 'HOUR', 100, price)
  await stock(oms, 'BOOK', 100, '20.00')
  const { order } = await oms.orThrow.orders.place(
    { channel: 'desk', currency: 'EUR', lines: [hours(10)], withholdings: [irpf], ...content },
    newKey(),
  )
  await oms.orThrow.orders.confirm({ order })
  const claim = async (wanted: { readonly percent: string } | { readonly amount: ReturnType<typeof eur> }) =>
    (await oms.orThrow.invoices.billDeposit({ order, deposit: wanted }, newKey())).invoice
  const deposit = (percent: string) => claim({ percent })
  const bill = async (quantity?: number, line = 'L1') => {
    const { invoice } = await shipped(oms, order, quantity === undefined ? undefined : [{ line, quantity }])
    return invoice
  }
  /** Discounts that are taxed by themselves were parts as charges are. */
  const asBefore = () =>
    plantDrift(shop.storage, orderKind.name, order as string, ({ calculation, ...rest }: Order): Order => {
      if (calculation === undefined) throw new Error('it is calculated')
      const { ownTaxDiscounts: _new, ...before } = calculation
      return { ...rest, calculation: before }
    })
  return { ...shop, order, claim, deposit, bill, asBefore }
}

/** The deposit of 30% is paid less what is withheld of it, and the certificate for that has come. */
const paidAndCertified = async ({ orThrow }: Shop['oms'], invoice: string): Promise<void> => {
  await orThrow.payments.record({ amount: eur('318.00'), method: 'bank', invoices: [{ invoice }] }, newKey())
  await orThrow.invoices.recordWithholding({ invoice, certificate: 'R 1' }, newKey())
}

const amounts = async (oms: Shop['oms'], invoice: string) => {
  const {
    total,
    withholdings = [],
    deducted = [],
    open: left,
    payable,
    status,
  } = await oms.orThrow.invoices.get({ invoice })
  const withheldOf = (
    of: readonly { readonly base: { amount: string }; readonly amount: { amount: string } }[],
  ) => of.map(({ base, amount }) => `${amount.amount} of ${base.amount}`).join()
  return {
    total: total.amount,
    withheld: withheldOf(withholdings),
    deducted: deducted.map((one) => `${one.amount.amount}: ${withheldOf(one.withholdings ?? [])}`).join(),
    open: left.amount,
    payable: payable.amount,
    status,
  }
}

describe('a deposit on an order of which something is withheld', () => {
  it('F101 withholds its share, and the invoices that deduct it withhold the rest', async () => {
    const { oms, deposit, bill } = await open()
    expect(await amounts(oms, await deposit('30'))).toEqual({
      total: '363.00',
      withheld: '45.00 of 300.00',
      deducted: '',
      open: '363.00',
      payable: '318.00',
      status: 'issued',
    })
    expect(await amounts(oms, await bill(2))).toMatchObject({
      total: '242.00',
      withheld: '30.00 of 200.00',
      deducted: '242.00: 30.00 of 200.00',
      payable: '0.00',
      status: 'settled',
    })
    expect(await amounts(oms, await bill())).toMatchObject({
      total: '968.00',
      withheld: '120.00 of 800.00',
      deducted: '121.00: 15.00 of 100.00',
      open: '847.00',
      payable: '742.00',
    })
  })

  it('withholds to the cent what the whole order withholds, whatever the shares come to', async () => {
    const { oms, deposit, bill } = await open()
    const [first, second] = [await deposit('33.333'), await deposit('16.667')]
    const invoices = [await bill(1), await bill(4), await bill()]
    const payable = await Promise.all(
      [first, second, ...invoices].map(async (invoice) => (await amounts(oms, invoice)).payable),
    )
    const cents = payable.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n)
    expect(cents).toBe(106_000n)
  })

  it('takes back what was withheld of a deposit that is credited, and no more of one that was deducted', async () => {
    const { oms, deposit, bill } = await open()
    const invoice = await deposit('30')
    await bill(1)
    const { creditNote } = await oms.orThrow.invoices.credit({ invoice, reason: 'not wanted' }, newKey())
    const note = await oms.orThrow.invoices.creditNote({ creditNote })
    expect(note.withholdings).toEqual([{ ...irpf, base: eur('200.00'), amount: eur('30.00') }])
    expect(await amounts(oms, invoice)).toMatchObject({ open: '121.00', payable: '106.00' })
    const { trace } = await oms.orThrow.invoices.trace({ creditNote, amount: 'withholdings.0.amount' })
    expect(trace.amount).toBe('30.00')
  })

  it('settles with its certificate, which counts for less when the goods come back', async () => {
    const { oms, deposit, bill } = await open()
    const invoice = await deposit('30')
    await paidAndCertified(oms, invoice)
    expect(await amounts(oms, invoice)).toMatchObject({ open: '0.00', status: 'settled' })
    const final = await bill()
    await oms.orThrow.invoices.credit(
      { invoice: final, lines: [{ line: 'L1', quantity: 8 }], reason: 'back' },
      newKey(),
    )
    // Two hours are left: 242.00, of which 30.00 are withheld and 212.00 are to be paid; 318.00 have come.
    expect(await amounts(oms, final)).toMatchObject({ open: '0.00', payable: '0.00' })
    expect(await amounts(oms, invoice)).toMatchObject({ open: '-106.00', payable: '-106.00' })
    const { differences = [] } = await oms.orThrow.invoices.get({ invoice })
    expect(differences.map(({ kind, amount }) => [kind, amount.amount])).toEqual([['withholding', '30.00']])
  })

  it('gives all back with the last unit, certificates included', async () => {
    const { oms, deposit, bill } = await open()
    const invoice = await deposit('30')
    await paidAndCertified(oms, invoice)
    const final = await bill()
    await oms.orThrow.invoices.credit({ invoice: final, reason: 'back' }, newKey())
    expect(await amounts(oms, invoice)).toMatchObject({ open: '-318.00', payable: '-318.00' })
    expect((await oms.orThrow.invoices.get({ invoice })).differences ?? []).toEqual([])
  })

  it('is withdrawn, and deducted again, when an invoice is voided', async () => {
    const { oms, order, deposit, bill } = await open()
    await deposit('30')
    const before = await oms.orThrow.orders.get({ order })
    const invoice = await bill(4)
    await oms.orThrow.invoices.void({ invoice, reason: 'a mistake' })
    const after = await oms.orThrow.orders.get({ order })
    expect(after.depositInvoices).toEqual(before.depositInvoices)
    const again = await oms.orThrow.invoices.bill({ order })
    expect(await amounts(oms, again.invoice ?? '')).toMatchObject({
      withheld: '60.00 of 400.00',
      deducted: '363.00: 45.00 of 300.00',
      payable: '106.00',
    })
  })

  it('is written for what each document claims itself', async () => {
    const { oms, deposit, bill } = await open()
    const written = async (invoice: string) =>
      invoiceFromRecord(await oms.orThrow.invoices.get({ invoice }), {
        specification: 'urn:cen.eu:en16931:2017',
        seller: { name: 'Studio', address: { country: 'ES' } },
        buyer: { name: 'Museo', address: { country: 'ES' } },
      }).withheld
    const tax = { name: 'IRPF', rate: '15' }
    expect(await written(await deposit('30'))).toEqual({
      taxes: [{ ...tax, base: '300.00', amount: '45.00' }],
      payable: '318.00',
    })
    expect(await written(await bill(1))).toBeUndefined()
    expect(await written(await bill())).toEqual({
      taxes: [{ ...tax, base: '700.00', amount: '105.00' }],
      payable: '742.00',
    })
  })

  it('withholds nothing of a tax that there is not, and says nothing of it', async () => {
    const { oms, deposit, bill } = await open({ lines: [books(10)], withholdings: [ofTax('50')] })
    expect(await amounts(oms, await deposit('30'))).toMatchObject({ total: '60.00', withheld: '' })
    const invoice = await bill()
    expect(await amounts(oms, invoice)).toMatchObject({
      total: '200.00',
      withheld: '',
      deducted: '60.00: ',
      payable: '140.00',
    })
    const { deducted = [] } = await oms.orThrow.invoices.get({ invoice })
    for (const part of deducted) expect(part).not.toHaveProperty('withholdings')
  })

  it('withholds of each invoice and of what it deducts only where that has net or tax', async () => {
    const { oms, deposit, bill } = await open(
      { lines: [hours(3), books(5)], withholdings: [irpf, ofTax('50')] },
      '33.33',
    )
    expect(await amounts(oms, await deposit('30'))).toMatchObject({
      total: '66.30',
      withheld: '9.00 of 60.00,3.15 of 6.30',
      payable: '54.15',
    })
    expect(await amounts(oms, await bill(5, 'L2'))).toMatchObject({
      total: '100.00',
      withheld: '15.00 of 100.00',
      deducted: '30.00: 4.50 of 30.00',
      payable: '59.50',
    })
    expect(await amounts(oms, await bill())).toMatchObject({
      total: '120.99',
      withheld: '15.00 of 99.99,10.50 of 21.00',
      deducted: '36.30: 4.50 of 30.00,3.15 of 6.30',
      payable: '66.84',
    })
  })

  it('takes back what is left of each base with each credit, and keeps what went before', async () => {
    const { oms, deposit } = await open(
      { lines: [hours(3), books(5)], withholdings: [irpf, ofTax('50')] },
      '33.33',
    )
    const invoice = await deposit('30')
    const { lines } = await oms.orThrow.invoices.get({ invoice })
    const [taxed] = lines.filter(({ tax }) => tax?.category === 'S')
    const takenBack = async (more: object) => {
      const { creditNote } = await oms.orThrow.invoices.credit({ invoice, reason: 'less', ...more }, newKey())
      const { withholdings = [] } = await oms.orThrow.invoices.creditNote({ creditNote })
      return withholdings.map(({ name, amount }) => [name, amount.amount])
    }
    expect(await takenBack({ lines: [{ line: taxed?.line, quantity: 1 }] })).toEqual([
      ['IRPF', '4.50'],
      ['RITENUTA', '3.15'],
    ])
    expect(await amounts(oms, invoice)).toMatchObject({ open: '30.00', payable: '25.50' })
    expect(await takenBack({})).toEqual([['IRPF', '4.50']])
    expect(await amounts(oms, invoice)).toMatchObject({ open: '0.00', payable: '0.00' })
  })

  it('gives back what is withheld of it with the last unit where no certificate has come', async () => {
    const { oms, deposit, bill } = await open()
    const invoice = await deposit('30')
    const final = await bill()
    await oms.orThrow.invoices.credit({ invoice: final, reason: 'back' }, newKey())
    expect(await amounts(oms, invoice)).toMatchObject({ open: '0.00', payable: '0.00', status: 'settled' })
  })

  it('leaves to the next claim the cent that an invoice has nothing of its own to withhold of', async () => {
    const { oms, claim, bill } = await open({}, '33.33')
    const first = await claim({ amount: eur('12.22') })
    const second = await claim({ amount: eur('40.33') })
    expect(await amounts(oms, first)).toMatchObject({ withheld: '1.52 of 10.10' })
    expect(await amounts(oms, second)).toMatchObject({ withheld: '4.99 of 33.33' })
    await oms.orThrow.invoices.credit({ invoice: first, reason: 'not wanted' }, newKey())
    // By itself the second would withhold 5.00, but all of one hour is deducted.
    expect(await amounts(oms, await bill(1))).toMatchObject({
      total: '40.33',
      withheld: '4.99 of 33.33',
      deducted: '40.33: 4.99 of 33.33',
      payable: '0.00',
    })
    expect(await amounts(oms, await bill())).toMatchObject({ withheld: '45.01 of 299.97', payable: '317.95' })
  })

  it('withholds to the cent what the whole order withholds where a trade-in takes tax off some of its lines', async () => {
    const { oms, deposit, bill } = await open(
      { lines: [hours(3), books(5)], adjustments: [tradeIn('50.00')], withholdings: [ofTax('50')] },
      '33.33',
    )
    expect(await amounts(oms, await deposit('30'))).toMatchObject({ withheld: '1.58 of 3.15' })
    expect(await amounts(oms, await bill(5, 'L2'))).toMatchObject({
      total: '100.00',
      withheld: '',
      deducted: '30.00: ',
    })
    expect(await amounts(oms, await bill(1, 'L1'))).toMatchObject({
      total: '20.16',
      withheld: '1.75 of 3.50',
      deducted: '18.15: 1.58 of 3.15',
    })
    // 1.58 + 1.75 + 3.50 - 1.58 = 5.25, half of the 10.50 of tax on the order.
    expect(await amounts(oms, await bill())).toMatchObject({
      total: '40.33',
      withheld: '3.50 of 7.00',
      deducted: '',
    })
  })

  it('withholds to the cent what the whole order withholds where an invoice of an order of before takes tax back', async () => {
    const { oms, deposit, bill, asBefore } = await open(
      { lines: [hours(3), books(5)], adjustments: [tradeIn('50.00')], withholdings: [ofTax('50')] },
      '33.33',
    )
    await asBefore()
    expect(await amounts(oms, await deposit('30'))).toMatchObject({ withheld: '1.58 of 3.15' })
    expect(await amounts(oms, await bill(5, 'L2'))).toMatchObject({
      total: '39.50',
      withheld: '-5.26 of -10.50',
      deducted: '30.00: ',
    })
    // 1.58 - 5.26 + 10.51 - 1.58 = 5.25, half of the 10.50 of tax on the order.
    expect(await amounts(oms, await bill())).toMatchObject({
      withheld: '10.51 of 21.00',
      deducted: '18.15: 1.58 of 3.15',
    })
  })

  it.each([
    ['nothing where more would be due', '15', '15.00', '20.00', '0.40 of 2.72', '0.00 of -0.01'],
    ['all of it where less would be', '90', '10.00', '22.00', '2.70 of 2.99', '-0.01 of -0.01'],
  ])(
    'withholds of an invoice of an order of before that takes a cent of tax back %s',
    async (_name, percent, one, other, ofOther, ofInvoice) => {
      const { oms, claim, bill, asBefore } = await open(
        { lines: [hours(10), books(5)], adjustments: [tradeIn('0.05')], withholdings: [ofTax(percent)] },
        '30.00',
      )
      await asBefore()
      const first = await claim({ amount: eur(one) })
      expect(await amounts(oms, await claim({ amount: eur(other) }))).toMatchObject({ withheld: ofOther })
      await oms.orThrow.invoices.credit({ invoice: first, reason: 'not wanted' }, newKey())
      expect(await amounts(oms, await bill(5, 'L2'))).toMatchObject({ total: '99.94', withheld: ofInvoice })
    },
  )
})
