import type { z } from 'zod'
import type { Command } from '../core/command.js'
import { CommandFailed, type Answer } from './answer.js'
import type { CommandOptions } from './run.js'

type AnyCommand = Command<z.ZodType, unknown, never>
type CommandGroups = Readonly<Record<string, Readonly<Record<string, unknown>>>>
type InputOf<One> = One extends Command<infer Schema, infer _Value, infer _Gathered> ? z.input<Schema> : never
type ValueOf<One> = One extends Command<infer _Schema, infer Value, infer _Gathered> ? Value : never

/** The commands as functions that answer with a value or a refusal. */
export type Bound<Groups extends CommandGroups> = {
  readonly [Group in keyof Groups]: {
    readonly [Name in keyof Groups[Group]]: (
      input: InputOf<Groups[Group][Name]>,
      options?: CommandOptions,
    ) => Promise<Answer<ValueOf<Groups[Group][Name]>>>
  }
}

/** The throwing twin: resolves to the value, rejects with `CommandFailed` for every refusal. */
export type BoundOrThrow<Groups extends CommandGroups> = {
  readonly [Group in keyof Groups]: {
    readonly [Name in keyof Groups[Group]]: (
      input: InputOf<Groups[Group][Name]>,
      options?: CommandOptions,
    ) => Promise<ValueOf<Groups[Group][Name]>>
  }
}

export type Call = (command: AnyCommand, input: unknown, options?: CommandOptions) => Promise<Answer<unknown>>

export const bindCommands = <Groups extends CommandGroups>(groups: Groups, call: Call): Bound<Groups> =>
  mapCommands(
    groups,
    (command) => (input: unknown, options?: CommandOptions) => call(command, input, options),
  ) as Bound<Groups>

export const bindOrThrow = <Groups extends CommandGroups>(groups: Groups, call: Call): BoundOrThrow<Groups> =>
  mapCommands(groups, (command) => async (input: unknown, options?: CommandOptions) => {
    const answer = await call(command, input, options)
    if (!answer.ok) throw new CommandFailed(answer.error)
    return answer.value
  }) as BoundOrThrow<Groups>

const mapCommands = (groups: CommandGroups, bind: (command: AnyCommand) => unknown): unknown =>
  Object.fromEntries(
    Object.entries(groups).map(([group, named]) => [
      group,
      Object.fromEntries(Object.entries(named).map(([name, command]) => [name, bind(command as AnyCommand)])),
    ]),
  )
