import type { Answer } from 'orderwright'

/** Counts what commands came to, so that a second run can show that it changed nothing. */
export interface CommandTally {
  /** The value of a command that has to succeed here. Throws `CommandRefused` with what was refused and why. */
  value<Value>(answer: Answer<Value>, what: string): Value
  /** Counts an answer that may be a refusal, and hands it on. */
  counted<Value>(answer: Answer<Value>): Answer<Value>
  /** Commands that did something now. */
  readonly done: number
  /** Commands that an earlier run had done: their first answer was given again. */
  readonly replayed: number
}

export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
}

export const commandTally = (): CommandTally => {
  const counts = { done: 0, replayed: 0 }
  const counted = <Value>(answer: Answer<Value>): Answer<Value> => {
    counts[answer.replayed ? 'replayed' : 'done'] += 1
    return answer
  }
  return {
    counted,
    value: (answer, what) => {
      counted(answer)
      if (answer.ok) return answer.value
      const { code, issues, details } = answer.error
      throw new CommandRefused(`${what} was refused as ${code}: ${JSON.stringify(issues ?? details)}`)
    },
    get done() {
      return counts.done
    },
    get replayed() {
      return counts.replayed
    },
  }
}
