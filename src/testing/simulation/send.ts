import type { Answer } from '../../app/answer.js'
import type { OrderManagement } from '../../app/order-management.js'
import type { CommandOptions } from '../../app/run.js'
import { simulatedCaller } from './opening.js'
import type { Request } from './workload.js'

type AnyCommand = (input: unknown, options?: CommandOptions) => Promise<Answer<unknown>>
type AnyCommands = Readonly<Record<string, AnyCommand & Readonly<Record<string, AnyCommand>>>>

/** Sends a request as the host would, through the same door. */
export const send = (
  oms: OrderManagement,
  { action, input, by }: Request,
  key: string | undefined,
): Promise<Answer<unknown>> => {
  const [group = '', name] = action.split('.')
  const actor = by === undefined ? simulatedCaller.actor : { ...simulatedCaller.actor, id: by }
  const caller = oms.as({ ...simulatedCaller, actor }) as unknown as AnyCommands
  const command = name === undefined ? caller[group] : caller[group]?.[name]
  if (command === undefined) throw new Error(`there is no command ${action}`)
  return command(input, key === undefined ? {} : { idempotencyKey: key })
}
