import type { Rule } from '../rule.js'
import { denmark } from './denmark.js'
import { germany } from './germany.js'
import { greece } from './greece.js'
import { iceland } from './iceland.js'
import { italy } from './italy.js'
import { netherlands } from './netherlands.js'
import { norway } from './norway.js'
import { sweden } from './sweden.js'

/** What some countries demand of documents that Peppol carries for their sellers. */
export const nationalRules: readonly Rule[] = [
  ...denmark,
  ...germany,
  ...greece,
  ...iceland,
  ...italy,
  ...netherlands,
  ...norway,
  ...sweden,
]
