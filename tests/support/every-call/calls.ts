import type { z } from 'zod'
import type { Answer, OrderManagementFor } from 'orderwright'
import { commands } from '../../../src/app/commands.js'
import { queries, recordQueries } from '../../../src/app/queries.js'
import { commandCases } from './commands.js'
import { queryCases } from './queries.js'
import type { World } from './world.js'

type Send = (input: unknown, options?: { readonly idempotencyKey: string }) => Promise<Answer<unknown>>

/** One command or query with an input that it takes in the world. */
export interface Call {
  /** As policies know it: `orders.place`. */
  readonly name: string
  readonly schema: z.core.$ZodType
  readonly inputIn: (world: World) => unknown
  /** The method of a caller. */
  readonly of: (caller: OrderManagementFor) => Send
}

type Named<One> = Readonly<Record<string, Readonly<Record<string, One>>>>

const callsOf = (
  definitions: Named<{ readonly input: z.core.$ZodType }>,
  cases: Named<(world: World) => unknown>,
) =>
  Object.entries(definitions).flatMap(([group, members]) =>
    Object.entries(members).map(([member, { input: schema }]): Call => {
      const inputIn = cases[group]?.[member]
      if (inputIn === undefined) throw new Error(`there is no case for ${group}.${member}`)
      return {
        name: `${group}.${member}`,
        schema,
        inputIn,
        of: (caller) => {
          const door = (group === 'records' ? { records: caller } : caller) as unknown as Named<Send>
          const send = door[group]?.[member]
          if (send === undefined) throw new Error(`a caller has no ${group}.${member}`)
          return send
        },
      }
    }),
  )

export const commandCalls: readonly Call[] = callsOf(commands, commandCases)
export const queryCalls: readonly Call[] = callsOf({ ...queries, ...recordQueries }, queryCases)
export const everyCall: readonly Call[] = [...commandCalls, ...queryCalls]
