import { spawnSync } from 'node:child_process'

/**
 * Runs the TypeScript program named first on the command line, with the remaining arguments, and takes over its
 * exit code. Without a name it lists the names. `programs` maps each name to its file.
 */
export function runNamed(programs, nodeOptions = []) {
  const [name, ...rest] = process.argv.slice(2)
  if (name === undefined) {
    for (const each of programs.keys()) console.log(each)
    return
  }
  const file = programs.get(name)
  if (file === undefined) {
    console.error(`unknown name ${JSON.stringify(name)}, choose one of: ${[...programs.keys()].join(', ')}`)
    process.exitCode = 1
    return
  }
  const { status, signal } = spawnSync(process.execPath, [...nodeOptions, '--import', 'tsx', file, ...rest], {
    stdio: 'inherit',
  })
  if (signal) console.error(`${file} ended by ${signal}`)
  process.exitCode = status ?? 1
}
