/** What a run says while it works: steps with counts and rates. A terminal gets one line that is rewritten, anything else plain lines. */
export interface Progress {
  /** A headline. */
  say(text: string): void
  /** Begins a step of `total` things, if it is known how many. */
  step(name: string, total?: number): Step
}

export interface Step {
  /** So many more are done. */
  did(count?: number): void
  /** What the step is at right now, as a month. */
  at(place: string): void
  /** Ends the step with its count, time and rate; answers the seconds it took. */
  end(note?: string): number
}

export interface Screen {
  write(text: string): void
  readonly isTerminal: boolean
  /** Milliseconds that only grow. */
  readonly elapsed: () => number
}

const betweenLines = { terminal: 100, plain: 5_000 }

export const progressOn = (screen: Screen): Progress => ({
  say: (text) => {
    screen.write(`${text}\n`)
  },
  step: (name, total) => stepOn(screen, name, total),
})

const stepOn = (screen: Screen, name: string, total: number | undefined): Step => {
  const started = screen.elapsed()
  const pause = screen.isTerminal ? betweenLines.terminal : betweenLines.plain
  let shown = started
  let count = 0
  let place = ''

  const line = (): string => {
    const of = total === undefined ? '' : ` of ${grouped(total)}`
    return `  ${name}${place === '' ? '' : ` · ${place}`}: ${grouped(count)}${of}${rate(count, screen.elapsed() - started)}`
  }
  const show = (): void => {
    if (screen.elapsed() - shown < pause) return
    shown = screen.elapsed()
    screen.write(screen.isTerminal ? `\r\u001b[2K${line()}` : `${line()}\n`)
  }
  return {
    did: (more = 1) => {
      count += more
      show()
    },
    at: (where) => {
      place = where
    },
    end: (note) => {
      const milliseconds = screen.elapsed() - started
      const took = `${grouped(count)} in ${inSeconds(milliseconds)} s${rate(count, milliseconds)}`
      const said = `  ${name}: ${took}${note === undefined ? '' : `; ${note}`}\n`
      screen.write(screen.isTerminal ? `\r\u001b[2K${said}` : said)
      return milliseconds / 1_000
    },
  }
}

const rate = (count: number, milliseconds: number): string =>
  milliseconds < 50 ? '' : ` (${grouped(Math.round((count * 1_000) / milliseconds))}/s)`

const inSeconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1)

/** Thousands apart: 2,297,201. */
export const grouped = (count: number | bigint): string => count.toString().replace(/\B(?=(\d{3})+$)/g, ',')
