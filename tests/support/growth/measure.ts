import { parentPort, workerData } from 'node:worker_threads'
import { countWork } from './count-work.js'
import type { Growth, Inputs } from './grown.js'

// Runs in a thread of its own, whose built-in functions are counted from here on.
const counter = countWork()
const { everyInput } = (await import(workerData as string)) as {
  readonly everyInput: () => AsyncIterable<Inputs>
}

const measured: Growth[] = []
for await (const inputs of everyInput()) {
  for (const [name, { sizes, prepare }] of Object.entries(inputs)) {
    // What is loaded or made ready once is not counted.
    const warmUp = await prepare(sizes[0])
    await warmUp()
    const runs: (() => unknown)[] = []
    for (const size of sizes) runs.push(await prepare(size))
    measured.push({ name, sizes, work: await counter.of(runs) })
  }
}
parentPort?.postMessage(measured)
