/**
 * What reading orders from a CSV costs beyond parsing it: physical lines, strictness, checked fields, grouping and exact sums, against csv-parse alone
 * over the same text. Run with `npm run bench -- import`.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse'
import { superstoreFile, superstoreMapping } from '../examples/demo/data/superstore.js'
import { readOrderRows } from '../src/adapters/csv/index.js'
import { compare } from './harness.js'
import { runFigures } from './support/run-figures.js'

const text = readFileSync(superstoreFile(), 'utf8')
const rows = 9_994

const readOrders = async (): Promise<number> => {
  let read = 0
  for await (const item of readOrderRows(text, superstoreMapping)) {
    if (item.kind === 'refused') throw new Error(`line ${item.line} was refused: ${item.rule}`)
    read += item.lines.length
  }
  if (read !== rows) throw new Error(`${read} rows were read`)
  return read
}

const parseOnly = (): Promise<number> =>
  new Promise((resolve, reject) => {
    parse(text, (error, records) => {
      if (error) reject(error)
      else if (records.length !== rows + 1) reject(new Error(`${records.length} rows were parsed`))
      else resolve(rows)
    })
  })

const name = 'import-superstore'
await runFigures({
  [name]: () => compare({ name, unit: 'ops/s', rounds: 11, ours: readOrders, limit: parseOnly }),
})
