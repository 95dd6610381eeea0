import { mkdir, open } from 'node:fs/promises'
import type { Notification, Notifier } from 'orderwright'
import { mailboxFile, readMailbox } from './read-mailbox.js'

/** A mailbox in a folder: every message is one line of JSON. */
export interface Mailbox extends Notifier {
  close(): Promise<void>
}

/**
 * Opens the mailbox and adds to what is in it. A message counts as delivered when its line is written. The relay promises to deliver at least once,
 * so the mailbox remembers ids and takes each once, even after a run was interrupted between writing and noting it.
 */
export const openMailbox = async (folder: string): Promise<Mailbox> => {
  await mkdir(folder, { recursive: true })
  const known = new Set((await readMailbox(folder)).ids)
  const file = await open(mailboxFile(folder), 'a')
  let waiting: string[] = []
  let next: Promise<void> | undefined
  let last = Promise.resolve()

  const write = async (): Promise<void> => {
    const lines = waiting.join('')
    waiting = []
    next = undefined
    await file.appendFile(lines)
  }
  return {
    // What arrives while a write is under way is written together after it: forty thousand single writes would take longer than the orders.
    deliver: (notification) => {
      if (known.has(notification.id)) return last
      known.add(notification.id)
      waiting.push(`${JSON.stringify(letter(notification))}\n`)
      next ??= last = last.then(write)
      return next
    },
    close: () => file.close(),
  }
}

const letter = ({ id, topic, recipient, content }: Notification) => ({
  id,
  topic,
  to: recipient.email ?? recipient.name ?? recipient.role,
  content,
})
