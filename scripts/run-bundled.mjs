import { spawn } from 'node:child_process'
import { basename } from 'node:path'
import { build } from 'esbuild'

/** How a proof script ends that found nothing wrong but was out of time before all was tried. */
export const cutOff = 3

const folder = 'node_modules/.cache/proof'

/** Bundles a program like the package itself and answers where it lies: a TypeScript runner would add a call to every function. */
export async function bundled(file, { name = basename(file, '.ts'), plugins = [] } = {}) {
  const outfile = `${folder}/${name}.mjs`
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins,
  })
  return outfile
}

/** Runs a bundled program; resolves with its exit code and what it has written. `heard` is told each line as it comes. */
export function run(outfile, args, { seconds, heard = () => undefined } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--max-semi-space-size=64', outfile, ...args.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    let rest = ''
    child.stdout.on('data', (data) => {
      text += data
      const lines = (rest + data).split('\n')
      rest = lines.pop()
      for (const line of lines) heard(line)
    })
    const timer = seconds === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), seconds * 1_000)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, text })
    })
  })
}

/** The options of a command line, as `--seeds 100 --from 1`; numbers are read as such. */
export function optionsOf(defaults) {
  const options = { ...defaults }
  const words = process.argv.slice(2)
  for (let place = 0; place < words.length; place += 2) {
    const name = words[place].replace(/^--/, '')
    if (!(name in defaults)) {
      console.error(`unknown option --${name}, choose one of: ${Object.keys(defaults).join(', ')}`)
      process.exit(1)
    }
    const value = words[place + 1]
    options[name] = typeof defaults[name] === 'number' ? Number(value) : value
  }
  return options
}
