import { createSimulator } from '/work/wt/long/src/testing/simulation/simulate.js'
import { tradeWorkload } from '/work/wt/long/tests/support/trade-workload.js'
import { planFor } from '/work/wt/long/src/testing/simulation/simulation-plan.js'
const sim = await createSimulator({ workload: tradeWorkload, commandsPerRun: 10000 })
const lines: string[] = []
const r = await sim.run(Number(process.argv[2]))
await sim.replay(r.plan, r.choices, (l) => lines.push(l))
console.log(r.violations.slice(0,3), r.commands)
console.log(lines.slice(-Number(process.argv[3] ?? 150)).map((l)=>l.slice(0,400)).join('\n'))
