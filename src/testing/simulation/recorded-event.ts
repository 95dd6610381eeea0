import type { RecordedEvent } from '../../core/ports/storage.js'

/** What an event says, without who caused it and when. Each is read once, however many checks ask for it. */
export const eventOf = <Event>(recorded: RecordedEvent): Event => {
  let event = read.get(recorded)
  if (event === undefined) {
    event = (JSON.parse(recorded.body) as { readonly event: object }).event
    read.set(recorded, event)
  }
  return event as Event
}

const read = new WeakMap<RecordedEvent, object>()

/** The command that wrote it. */
export const commandOf = ({ body }: RecordedEvent): string => /"command":"([^"]*)"/.exec(body)?.[1] ?? ''
