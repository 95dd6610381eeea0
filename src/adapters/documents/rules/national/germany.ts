import type { Rule } from '../rule.js'
import { germanRules } from '../xrechnung.js'
import { isWithin } from './national-rule.js'

/** Those of XRechnung, under the numbers that Peppol gave them. */
export const germany: readonly Rule[] = germanRules.map(({ id, ...one }) => ({
  ...one,
  id: id.replace(/^BR-DE-([0-9]+)(?:-([ab]))?$/, (_, number: string, part: string | undefined) =>
    ['DE-R', number.padStart(3, '0'), ...(part === undefined ? [] : [part === 'a' ? '1' : '2'])].join('-'),
  ),
  broken: (invoice) => (isWithin('DE')(invoice) ? one.broken(invoice) : []),
}))
