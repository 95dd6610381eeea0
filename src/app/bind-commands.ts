import type { z } from 'zod'
import type { Command } from '../core/command.js'
import type { InputOf } from '../core/input-of.js'
import { CommandFailed, type Answer } from './answer.js'
import type { CommandOptions } from './run.js'

type AnyCommand = Command<z.ZodType, unknown, never>
type CommandGroups = Readonly<Record<string, CommandGroup>>
type Input<One> = One extends Command<infer Schema, infer _Value, infer _Gathered> ? InputOf<Schema> : never
type ValueOf<One> = One extends Command<infer _Schema, infer Value, infer _Gathered> ? Value : never

/** The commands as functions that answer with a value or a refusal. */
export type Bound<Groups extends CommandGroups> = {
  readonly [Group in keyof Groups]: {
    readonly [Name in keyof Groups[Group]]: (
      input: Input<Groups[Group][Name]>,
      options?: CommandOptions,
    ) => Promise<Answer<ValueOf<Groups[Group][Name]>>>
  }
}

/** The throwing twin: resolves to the value, rejects with `CommandFailed` for every refusal. */
export type BoundOrThrow<Groups extends CommandGroups> = {
  readonly [Group in keyof Groups]: {
    readonly [Name in keyof Groups[Group]]: (
      input: Input<Groups[Group][Name]>,
      options?: CommandOptions,
    ) => Promise<ValueOf<Groups[Group][Name]>>
  }
}

export type Call = (command: AnyCommand, input: unknown, options?: CommandOptions) => Promise<Answer<unknown>>

/** One group of commands as functions that answer. */
export const bindCommands = (group: CommandGroup, call: Call): BoundGroup =>
  mapCommands(group, (command) => (input, options) => call(command, input, options))

/** One group of commands as functions that throw refusals. */
export const bindOrThrow = (group: CommandGroup, call: Call): BoundGroup =>
  mapCommands(group, (command) => async (input, options) => {
    const answer = await call(command, input, options)
    if (!answer.ok) throw new CommandFailed(answer.error)
    return answer.value
  })

type CommandGroup = Readonly<Record<string, unknown>>
type BoundCommand = (input: unknown, options?: CommandOptions) => Promise<unknown>
type BoundGroup = Readonly<Record<string, BoundCommand>>

const mapCommands = (group: CommandGroup, bind: (command: AnyCommand) => BoundCommand): BoundGroup => {
  const bound: Record<string, BoundCommand> = {}
  for (const name in group) bound[name] = bind(group[name] as AnyCommand)
  return bound
}
