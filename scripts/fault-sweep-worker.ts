import { sweepFaults } from '../src/testing/simulation/sweep-faults.js'
import { shopWorkload } from '../src/testing/simulation/shop-workload.js'
import { tradeWorkload } from '../tests/support/trade-workload.js'

// Called by `fault-sweep.mjs`.
const [name = 'shop', only = ''] = process.argv.slice(2)
const workload = name === 'trade' ? tradeWorkload : shopWorkload
const commands = Object.keys(workload.commands).filter((command) => command.includes(only))
process.stdout.write(JSON.stringify(await sweepFaults({ workload, commands })))
