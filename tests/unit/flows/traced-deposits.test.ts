import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'
import { traceLines } from '../../support/trace-lines.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const irpf = { name: 'IRPF', percent: '15', on: 'net' } as const
const iva = { name: 'IVA', percent: '66.67', on: 'tax' } as const

const inCoins: SettingsInput = { totals: { cashRounding: { EUR: { step: 5, mode: 'half_up' } } } }

/** An order of desks at 100.00, books at 9.99 and cards at 0.01, and what its bookkeeper does and reads. */
const open = async (lines: readonly object[], more: object = {}, settings: SettingsInput = {}) => {
  const { oms } = openShop(undefined, settings)
  await stock(oms, 'DESK', 100, '100.00')
  await stock(oms, 'BOOK', 100, '9.99')
  await stock(oms, 'CARD', 100, '0.01')
  const order = await confirmed(oms, lines as never, more)
  return {
    deposit: async (deposit: { readonly percent: string } | { readonly amount: string }) => {
      const wanted = 'percent' in deposit ? deposit : { amount: eur(deposit.amount) }
      return (await oms.orThrow.invoices.billDeposit({ order, deposit: wanted }, newKey())).invoice
    },
    bill: async (line?: string, quantity = 1) =>
      (await shipped(oms, order, line === undefined ? undefined : [{ line, quantity }])).invoice,
    credit: async (invoice: string, more: object = {}) =>
      (await oms.orThrow.invoices.credit({ invoice, reason: 'not wanted', ...more }, newKey())).creditNote,
    linesOf: async (named: object, amount: string, depth?: number) =>
      traceLines((await oms.orThrow.invoices.trace({ ...named, amount })).text, depth),
  }
}

describe('the trace of a deposit invoice', () => {
  const tenDesks = [{ sku: 'DESK', quantity: 10, tax: vat('21') }]

  it('F130 says what is withheld of the first one, of its net amount and of its tax', async () => {
    const shop = await open(tenDesks, { withholdings: [irpf, iva] })
    const invoice = await shop.deposit({ percent: '30' })
    expect(await shop.linesOf({ invoice }, 'payable', 1)).toEqual([
      'amount to be paid 276.00 = 363.00, less what is withheld',
      '  total with tax 363.00 = total without tax + tax [BR-CO-15]',
      '  less withheld, IRPF 15% 45.00 = 15% of 300.00',
      '  less withheld, IVA 66.67% 42.00 = 66.67% of 63.00 = 42.0021, rounded half up',
    ])
  })

  it('F130 withholds of a later one what all documents of the order withhold, less what they have', async () => {
    const shop = await open(tenDesks, { withholdings: [irpf, iva] })
    await shop.bill('L1', 4)
    const invoice = await shop.deposit({ percent: '10' })
    expect(await shop.linesOf({ invoice }, 'withholdings.1.amount', 3)).toEqual([
      'withheld, IVA 66.67% 14.00 = 70.00 so far, less 56.00 before',
      '  so far 70.00 = 66.67% of 105.00 = 70.0035, rounded half up',
      '    claimed so far 105.00 = by all documents of the order',
      '      billed before 84.00 = sum of the taxes [BR-CO-14]',
      '      tax 21.00 = sum of the taxes [BR-CO-14]',
      '  less before 56.00 = 66.67% of 84.00 = 56.0028, rounded half up',
      '    billed before 84.00 = of the order',
      '      billed before 84.00 = sum of the taxes [BR-CO-14]',
    ])
  })

  it('F130 withholds nothing of one where credited ones have left too much withheld', async () => {
    const shop = await open([{ sku: 'DESK', quantity: 10 }], { withholdings: [irpf] })
    const [, second = '', , fourth = ''] = [
      await shop.deposit({ amount: '0.04' }),
      await shop.deposit({ amount: '0.04' }),
      await shop.deposit({ amount: '0.04' }),
      await shop.deposit({ amount: '0.04' }),
      await shop.deposit({ amount: '0.04' }),
    ]
    await shop.credit(second)
    await shop.credit(fourth)
    const invoice = await shop.deposit({ amount: '0.04' })
    expect(await shop.linesOf({ invoice }, 'withholdings.0.amount', 2)).toEqual([
      'withheld, IRPF 15% 0.00 = no more than is claimed, and no less than nothing',
      '  withheld, IRPF 15% -0.01 = 0.02 so far, less 0.03 before',
      '    so far 0.02 = 15% of 0.16 = 0.024, rounded half up',
      '    less before 0.03 = of its deposits and invoices, each less what it deducts and what was credited of deposits',
      '  total without tax 0.04 = as it was asked for or agreed',
    ])
  })
})

describe('the trace of an invoice that deducts deposits', () => {
  it('F130 withholds with what it deducts what was withheld of that, and of its own claim the rest', async () => {
    const shop = await open([{ sku: 'DESK', quantity: 10, tax: vat('21') }], { withholdings: [irpf, iva] })
    await shop.deposit({ percent: '30' })
    const invoice = await shop.bill('L1', 4)
    expect(await shop.linesOf({ invoice }, 'payable', 1)).toEqual([
      'amount to be paid 92.00 = 121.00, less what is withheld',
      '  amount due less deposits 121.00 = 484.00, less what deposit invoices claimed of it before [BR-CO-16]',
      '  less withheld, IRPF 15% 60.00 = of what it claims, and with what it deducts',
      '  less withheld, IVA 66.67% 56.00 = of what it claims, and with what it deducts',
      '  withheld with deposit invoice INV-000001 45.00 = 45.00 for 300.00 of 300.00',
      '  withheld with deposit invoice INV-000001 42.00 = 42.00 for 63.00 of 63.00',
    ])
    expect(await shop.linesOf({ invoice }, 'withholdings.1.amount', 3)).toEqual([
      'withheld, IVA 66.67% 56.00 = of what it claims, and with what it deducts',
      '  withheld, IVA 66.67% 14.00 = 56.00 so far, less 42.00 before',
      '    so far 56.00 = 66.67% of 84.00 = 56.0028, rounded half up',
      '      claimed so far 84.00 = by all documents of the order',
      '    less before 42.00 = of its deposits and invoices, each less what it deducts and what was credited of deposits',
      '  withheld with deposit invoice INV-000001 42.00 = 42.00 for 63.00 of 63.00',
      '    withheld of what is left of deposit invoice INV-000001 42.00 = IVA 66.67%',
      '    tax 63.00 = under each tax treatment',
      '      VAT 63.00 = what is left of the deposit, no more than is billed',
    ])
    expect(await shop.linesOf({ invoice }, 'deducted.0.withholdings.0.base', 0)).toEqual([
      'net 300.00 = under each tax treatment',
    ])
  })

  it('F130 counts what was billed before, and withholds nothing with a deposit of which nothing is left', async () => {
    const shop = await open([{ sku: 'DESK', quantity: 10, tax: vat('21') }], { withholdings: [irpf] })
    await shop.deposit({ percent: '30' })
    await shop.bill('L1', 4)
    const invoice = await shop.bill()
    expect(await shop.linesOf({ invoice }, 'withholdings.0.amount', 3)).toEqual([
      'withheld, IRPF 15% 90.00 = 150.00 so far, less 60.00 before',
      '  so far 150.00 = 15% of 1000.00',
      '    claimed so far 1000.00 = by all documents of the order',
      '      billed before 400.00 = sum of the lines - discounts + charges [BR-CO-13]',
      '      claimed 600.00 = less what deposit invoices claimed of it',
      '  less before 60.00 = of its deposits and invoices, each less what it deducts and what was credited of deposits',
    ])
  })

  it('F130 withholds nothing of a tax with a deposit that was too small to have any', async () => {
    const shop = await open([{ sku: 'DESK', quantity: 10, tax: vat('21') }], { withholdings: [irpf, iva] })
    await shop.deposit({ amount: '0.01' })
    const invoice = await shop.bill()
    expect(await shop.linesOf({ invoice }, 'withholdings.1.amount', 2)).toEqual([
      'withheld, IVA 66.67% 140.01 = 140.01 so far, less 0.00 before',
      '  so far 140.01 = 66.67% of 210.00 = 140.007, rounded half up',
      '    claimed so far 210.00 = by all documents of the order',
      '  less before 0.00 = of its deposits and invoices, each less what it deducts and what was credited of deposits',
    ])
  })

  it('F130 pays all that it claims where nothing is withheld', async () => {
    const shop = await open([{ sku: 'DESK', quantity: 10, tax: vat('21') }])
    await shop.deposit({ percent: '30' })
    const invoice = await shop.bill()
    expect(await shop.linesOf({ invoice }, 'payable', 1)).toEqual([
      'amount to be paid 847.00 = nothing is withheld',
      '  amount due less deposits 847.00 = 1210.00, less what deposit invoices claimed of it before [BR-CO-16]',
    ])
  })

  it('F130 leaves to a deposit what those before it have not taken, under each tax treatment by itself', async () => {
    const shop = await open([
      { sku: 'DESK', quantity: 1, tax: vat('19') },
      { sku: 'DESK', quantity: 1, tax: vat('7') },
    ])
    // The cent is all of it under 19%.
    await shop.deposit({ amount: '0.01' })
    await shop.deposit({ percent: '50' })
    const invoice = await shop.bill()
    expect(await shop.linesOf({ invoice }, 'deducted.1.net', 3)).toEqual([
      'net 100.00 = under each tax treatment',
      '  net 50.00 = what is left of the deposit, no more than is billed',
      '    left of deposit invoice INV-000002 50.00 = what it claimed on 2026-03-01, less what was deducted of it before',
      '    left of it 99.99 = less earlier deposits',
      '      taxable amount under S VAT 19% 100.00 = its lines with its discounts and charges',
      '      less net 0.01 = what is left of the deposit, no more than is billed',
      '  net 50.00 = what is left of the deposit, no more than is billed',
      '    left of deposit invoice INV-000002 50.00 = what it claimed on 2026-03-01, less what was deducted of it before',
      '    taxable amount under S VAT 7% 100.00 = its lines with its discounts and charges',
      '      line 2 so far 100.00 = all 1 units of 100.00',
    ])
  })

  it('F130 claims no less than nothing in coins, where credited deposits have left more than is due', async () => {
    const lines = [
      { sku: 'BOOK', quantity: 2, tax: vat('7') },
      { sku: 'CARD', quantity: 1, tax: vat('7') },
    ]
    const shop = await open(lines, {}, inCoins)
    const [first, , third] = [
      await shop.deposit({ amount: '0.06' }),
      await shop.deposit({ amount: '0.02' }),
      await shop.deposit({ amount: '0.06' }),
      await shop.deposit({ amount: '0.04' }),
    ]
    await shop.credit(first)
    await shop.credit(third)
    const invoice = await shop.bill('L2')
    expect(await shop.linesOf({ invoice }, 'total', 4)).toEqual([
      'total 0.01 = what it claims, with what deposit invoices claimed of it before',
      '  amount due 0.00 = never less than nothing',
      '    nothing 0.00 = the least that is claimed',
      '    amount due -0.05 = what all documents come to in coins, less what the others do',
      '      in coins 0.05 = 0.06, rounded half up to a multiple of 0.05',
      '        claimed with tax so far 0.06 = by all documents of the order',
      '      less deposit invoices 0.10 = what stands of them in coins',
      '  deposit invoice INV-000002 of 2026-03-01 0.01 = net and tax that it claimed',
      '    net 0.01 = under each tax treatment',
      '      net 0.01 = what is left of the deposit, no more than is billed',
      '        left of deposit invoice INV-000002 0.02 = what it claimed on 2026-03-01, less what was deducted of it before',
      '        taxable amount under S VAT 7% 0.01 = its lines with its discounts and charges',
      '    tax 0.00 = under each tax treatment',
      '      VAT 0.00 = what is left of the deposit, no more than is billed',
      '        left of deposit invoice INV-000002 0.00 = what it claimed on 2026-03-01, less what was deducted of it before',
      '        VAT 7% 0.00 = 7% of 0.01 = 0.0007, rounded half up [BR-CO-17]',
    ])
  })
})

describe('the trace of a deposit that is credited', () => {
  it('F130 takes from what was claimed what was deducted of it and credited before', async () => {
    const lines = [
      { sku: 'DESK', quantity: 1, tax: vat('19') },
      { sku: 'DESK', quantity: 1, tax: vat('7') },
    ]
    const shop = await open(lines, { withholdings: [irpf] })
    const invoice = await shop.deposit({ percent: '50' })
    await shop.bill('L2')
    await shop.credit(invoice, { corrections: [{ line: 'deposit-1', amount: eur('10.00') }] })
    const creditNote = await shop.credit(invoice)
    expect(await shop.linesOf({ creditNote }, 'total')).toEqual([
      'amount 47.60 = what was claimed, less what was deducted of it',
      '  amount of deposit invoice INV-000001 113.00 = as it was claimed',
      '  less deducted 53.50 = by a later invoice',
      '  less credited before 11.90 = by earlier credit notes',
    ])
    expect(await shop.linesOf({ creditNote }, 'totals.taxes.0.amounts.0')).toEqual([
      'VAT 19% 7.60 = what was claimed, less what was deducted of it',
      '  VAT 19% of deposit invoice INV-000001 9.50 = as it was claimed',
      '  less credited before 1.90 = by earlier credit notes',
    ])
    expect(await shop.linesOf({ creditNote }, 'lines.1.net')).toEqual([
      'net 0.00 = what was claimed, less what was deducted of it',
      '  net of deposit invoice INV-000001 50.00 = as it was claimed',
      '  less deducted 50.00 = by a later invoice',
    ])
    expect(await shop.linesOf({ creditNote }, 'withholdings.0.amount', 2)).toEqual([
      'withheld, IRPF 15% 6.00 = 6.00 for 40.00 of 40.00',
      '  withheld 6.00 = what was claimed, less what was deducted of it',
      '    withheld of deposit invoice INV-000001 15.00 = as it was claimed',
      '    less deducted 7.50 = by a later invoice',
      '    less credited before 1.50 = by earlier credit notes',
      '  total without tax 40.00 = under each tax treatment [BR-CO-13]',
      '    net 40.00 = what was claimed, less what was deducted of it',
      '    net 0.00 = what was claimed, less what was deducted of it',
      '  total without tax 40.00 = what was claimed, less what was deducted of it',
      '    total without tax of deposit invoice INV-000001 100.00 = as it was claimed',
      '    less deducted 50.00 = by a later invoice',
      '    less credited before 10.00 = by earlier credit notes',
    ])
  })
})

describe('the traces of deposits on an order without taxes', () => {
  const billedAndClaimed = async () => {
    const shop = await open([{ sku: 'DESK', quantity: 10 }], { withholdings: [irpf] })
    await shop.bill('L1')
    return { ...shop, claimed: await shop.deposit({ percent: '30' }) }
  }

  it('F130 share nothing, and withhold of all that is billed and claimed', async () => {
    const { claimed, linesOf } = await billedAndClaimed()
    expect(await linesOf({ invoice: claimed }, 'lines.0.net')).toEqual([
      'deposit with tax 300.00 = as it was asked for or agreed',
    ])
    expect(await linesOf({ invoice: claimed }, 'payable')).toEqual([
      'amount to be paid 255.00 = 300.00, less what is withheld',
      '  deposit with tax 300.00 = as it was asked for or agreed',
      '  less withheld, IRPF 15% 45.00 = 60.00 so far, less 15.00 before',
      '    so far 60.00 = 15% of 400.00',
      '      claimed so far 400.00 = by all documents of the order',
      '        billed before 100.00 = sum of the net amounts of the lines [BR-CO-10]',
      '          line 1 100.00 = 100.00 x 1',
      '        total without tax 300.00 = as it was asked for or agreed',
      '    less before 15.00 = 15% of 100.00',
      '      billed before 100.00 = of the order',
      '        billed before 100.00 = sum of the net amounts of the lines [BR-CO-10]',
      '          line 1 100.00 = 100.00 x 1',
    ])
  })

  it('F130 deduct of what is billed no more than its lines come to', async () => {
    const { bill, linesOf } = await billedAndClaimed()
    const invoice = await bill('L1', 2)
    expect(await linesOf({ invoice }, 'deducted.0.net')).toEqual([
      'net 200.00 = under each tax treatment',
      '  net 200.00 = what is left of the deposit, no more than is billed',
      '    left of deposit invoice INV-000002 300.00 = what it claimed on 2026-03-01, less what was deducted of it before',
      '    total 200.00 = sum of the lines, nothing taxed, discounted or charged',
      '      line 1 200.00 = 300.00 so far, less 100.00 before',
      '        so far 300.00 = 100.00 x 3',
      '        less before 100.00 = 100.00 x 1',
    ])
    expect(await linesOf({ invoice }, 'withholdings.0.amount', 3)).toEqual([
      'withheld, IRPF 15% 30.00 = of what it claims, and with what it deducts',
      '  withheld, IRPF 15% 0.00 = 60.00 so far, less 60.00 before',
      '    so far 60.00 = 15% of 400.00',
      '      claimed so far 400.00 = by all documents of the order',
      '    less before 60.00 = of its deposits and invoices, each less what it deducts and what was credited of deposits',
      '  withheld with deposit invoice INV-000002 30.00 = 45.00 for 200.00 of 300.00',
      '    withheld of what is left of deposit invoice INV-000002 45.00 = IRPF 15%',
      '    net 200.00 = under each tax treatment',
      '      net 200.00 = what is left of the deposit, no more than is billed',
    ])
  })

  it('F130 give back what no invoice has deducted, and what is withheld of it', async () => {
    const { claimed, bill, credit, linesOf } = await billedAndClaimed()
    await bill('L1', 2)
    const creditNote = await credit(claimed)
    const left = [
      '  amount of deposit invoice INV-000002 300.00 = as it was claimed',
      '  less deducted 200.00 = by a later invoice',
    ]
    expect(await linesOf({ creditNote }, 'lines.0.net')).toEqual([
      'amount 100.00 = what was claimed, less what was deducted of it',
      ...left,
    ])
    expect(await linesOf({ creditNote }, 'withholdings.0.amount')).toEqual([
      'withheld, IRPF 15% 15.00 = 15.00 for 100.00 of 100.00',
      '  withheld 15.00 = what was claimed, less what was deducted of it',
      '    withheld of deposit invoice INV-000002 45.00 = as it was claimed',
      '    less deducted 30.00 = by a later invoice',
      '  total without tax 100.00 = what was claimed, less what was deducted of it',
      ...left.map((line) => `  ${line}`),
      '  total without tax 100.00 = what was claimed, less what was deducted of it',
      '    total without tax of deposit invoice INV-000002 300.00 = as it was claimed',
      '    less deducted 200.00 = by a later invoice',
    ])
  })

  it('F130 are read under the names of totals, though the document has none', async () => {
    const { bill, linesOf } = await billedAndClaimed()
    const invoice = await bill('L1', 2)
    const total = await linesOf({ invoice }, 'total')
    for (const amount of ['lineNet', 'net', 'gross']) {
      expect(await linesOf({ invoice }, amount), amount).toEqual(total)
    }
    for (const amount of ['discounts', 'charges', 'tax', 'rounding']) {
      expect(await linesOf({ invoice }, amount)).toEqual([
        `${amount} 0.00 = nothing is taxed, discounted or charged`,
      ])
    }
  })
})
