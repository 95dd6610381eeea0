import { documentScenarios } from './document-scenarios.js'
import type { RaceScenario } from './race-scenario.js'
import { stockScenarios } from './stock-scenarios.js'

export const raceScenarios: readonly RaceScenario[] = [...stockScenarios, ...documentScenarios]

export const scenarioNamed = (name: string): RaceScenario => {
  const found = raceScenarios.find((scenario) => scenario.name === name)
  if (found === undefined) throw new Error(`there is no race ${JSON.stringify(name)}`)
  return found
}
