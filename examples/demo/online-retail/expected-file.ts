import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The sums somebody else has computed of the same file. */
export interface ExpectedFile {
  readonly rows: number
  readonly invoices: number
  readonly cancellations: number
  readonly grandTotal: string
  readonly byMonth: Readonly<
    Record<string, { readonly rows: number; readonly invoices: number; readonly total: string }>
  >
}

/** Reads `online_retail_expected.json` where it lies beside the orders. */
export const expectedFileBeside = async (orders: string): Promise<ExpectedFile | undefined> => {
  try {
    return JSON.parse(
      await readFile(join(dirname(orders), 'online_retail_expected.json'), 'utf8'),
    ) as ExpectedFile
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ENOENT') return undefined
    throw error
  }
}
