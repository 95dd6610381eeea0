import { csvStatementReader } from 'orderwright/csv'

// Reads a statement of one entry and prints what came of it.

const reader = csvStatementReader({
  account: 'GB33BUKB20201555555555',
  reference: '2026-03',
  currency: 'EUR',
  dateForm: 'YYYY-MM-DD',
  decimalMark: 'point',
  columns: { date: 'Date', amount: 'Amount', remittanceText: 'Text' },
})
const outcome = await reader.read('Date,Amount,Text\n2026-03-02,119.00,INV-1\n').then(
  ({ statement }) => ({ entries: statement?.entries.length }),
  ({ code, message }: { readonly code: unknown; readonly message: unknown }) => ({ code, message }),
)
console.log(JSON.stringify(outcome))
