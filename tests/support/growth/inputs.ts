import { readCalls } from './calls.js'
import { dealings } from './dealings.js'
import { documents } from './documents.js'
import type { Inputs } from './grown.js'
import { histories } from './histories.js'
import { plainData } from './plain-data.js'
import { plantedSquares } from './planted.js'
import { tables } from './tables.js'
import { texts } from './texts.js'

/** Area by area: what was loaded already makes counting slower. */
export async function* everyInput(): AsyncGenerator<Inputs> {
  yield plantedSquares
  yield texts
  yield plainData
  yield tables
  yield documents
  yield dealings
  yield histories
  yield await readCalls()
}
