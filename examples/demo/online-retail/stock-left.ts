import type { RetailRun } from './run-online-retail.js'

/** Units that have to be on the shelf in the end, by SKU: all that was sold or written off came in before, so what was found is left. */
export const stockLeft = ({ survey }: Pick<RetailRun, 'survey'>): ReadonlyMap<string, number> =>
  new Map([...survey.products].map(([sku, { found }]) => [sku, found]))
