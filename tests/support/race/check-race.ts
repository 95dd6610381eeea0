import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { kindsWithHistory } from '../../../src/app/kinds.js'
import type { Outcomes, RaceScenario } from './race-scenario.js'

/** What is not as it must be after a race; nothing when all is well. */
export const breachesOf = async (
  oms: OrderManagementFor,
  scenario: RaceScenario,
  attempts: number,
  outcomes: Outcomes,
): Promise<readonly string[]> => [
  ...differences('told', scenario.outcomes(attempts), outcomes),
  ...(await wrongLevels(oms, scenario.levels(attempts))),
  ...(await wrongRecords(oms, scenario.records(attempts))),
]

const differences = (
  what: string,
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): readonly string[] =>
  [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((name) =>
    (expected[name] ?? 0) === (found[name] ?? 0)
      ? []
      : [`${what} ${name}: ${found[name] ?? 0}, not ${expected[name] ?? 0}`],
  )

/** The level itself, and the sum of its movements and of what its documents say (ST1, ST2, ST10). */
const wrongLevels = async (
  oms: OrderManagementFor,
  expected: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const found: string[] = []
  for (const [sku, figures] of Object.entries(expected)) {
    const { onHand, reserved } = await oms.orThrow.inventory.level({ sku })
    if (`${onHand}/${reserved}` !== figures) found.push(`${sku} has ${onHand}/${reserved}, not ${figures}`)
    const audit = await oms.orThrow.inventory.audit({ sku })
    if (!audit.agrees) found.push(`the audit of ${sku} finds ${JSON.stringify(audit.findings)}`)
    if (audit.unsettled.length > 0) found.push(`${sku} still moves`)
  }
  return found
}

/** Every record of every kind with its whole history (EV7, EV11), and none that nobody was told of. */
const wrongRecords = async (
  oms: OrderManagementFor,
  expected: Readonly<Record<string, number>>,
): Promise<readonly string[]> => {
  const found: string[] = []
  for (const kind of kindsWithHistory.keys()) {
    let records = 0
    let cursor: string | undefined
    do {
      const page = await oms.orThrow.verifyAudit({ kind, limit: 200, ...(cursor && { cursor }) })
      records += page.records
      for (const finding of page.findings) found.push(`verifyAudit finds ${JSON.stringify(finding)}`)
      cursor = page.next
    } while (cursor !== undefined)
    const due = expected[kind]
    if (due !== undefined && records !== due) found.push(`${records} records of kind ${kind}, not ${due}`)
  }
  return found
}
