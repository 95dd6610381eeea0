import { createSimulator } from '../src/testing/simulation/simulate.js'

// Called by `mutants.mjs` in a build with one bug in it: says after how many seeds the simulator found something, and what.
const most = Number(process.argv[2] ?? 2_000)

const look = async (): Promise<{ readonly seeds: number; readonly found?: string }> => {
  let simulator
  try {
    simulator = await createSimulator()
  } catch (error) {
    return { seeds: 0, found: `the shop cannot be opened: ${String(error)}` }
  }
  for (let seed = 1; seed <= most; seed += 1) {
    const [violation] = (await simulator.run(seed)).violations
    if (violation !== undefined) return { seeds: seed, found: violation }
  }
  return { seeds: most }
}

process.stdout.write(JSON.stringify(await look()))
process.exit(0)
