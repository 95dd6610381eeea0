/** Works on items, so many at a time, and tells what came of each in the order of the items, as soon as those before it are told. */
export async function inTurn(workers, items, work, tell) {
  const done = new Map()
  let begun = 0
  let told = 0
  const worker = async () => {
    while (begun < items.length) {
      const place = begun
      begun += 1
      done.set(place, await work(items[place], place))
      for (; done.has(told); told += 1) tell(done.get(told), items[told])
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
}
