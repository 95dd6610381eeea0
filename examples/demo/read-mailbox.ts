import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface MailboxContent {
  readonly lines: number
  /** The ids of all messages: one that was delivered twice is there once. */
  readonly ids: ReadonlySet<string>
  /** How many lines tell of each topic. */
  readonly topics: ReadonlyMap<string, number>
}

export const mailboxFile = (folder: string): string => join(folder, 'email.jsonl')

/** Every line begins with these; reading the rest would take longer than writing it did. */
const beginning = /^\{"id":"([^"]+)","topic":"([^"]+)"/

/** Looks through the mailbox, if there is one. */
export const readMailbox = async (folder: string): Promise<MailboxContent> => {
  const ids = new Set<string>()
  const topics = new Map<string, number>()
  let lines = 0
  if (!existsSync(mailboxFile(folder))) return { lines, ids, topics }
  for await (const line of createInterface({ input: createReadStream(mailboxFile(folder)) })) {
    const [, id = '', topic = ''] = beginning.exec(line) ?? []
    lines += 1
    ids.add(id)
    topics.set(topic, (topics.get(topic) ?? 0) + 1)
  }
  return { lines, ids, topics }
}
