import type { Storage, Writes } from '../../../src/core/ports/storage.js'
import { idempotencyKind } from '../../../src/core/idempotency/idempotency-record.js'
import type { Key } from '../../../src/core/ids/key.js'

/** What is told of a commit that nobody was answered: first that it is open, later what the records of its keys show. */
export type CommitNews = 'ambiguous' | 'written' | 'not_written' | 'half_written'

/** A commit whose outcome is open, with the idempotency records it was to write. */
interface OpenCommit {
  readonly keys: readonly string[]
  readonly found: Map<string, boolean>
}

/**
 * Tells of each update that ends with `outcome_unknown`, and of what became of it as soon as a later update has locked and committed on all the
 * idempotency records that it was to write: they are all there, or none is.
 */
export const watchCommits = (storage: Storage, tell: (news: CommitNews) => void): Storage => {
  const open = new Set<OpenCommit>()

  const look = (found: ReadonlyMap<string, boolean>): void => {
    for (const commit of open) {
      for (const id of commit.keys) {
        const isThere = found.get(id)
        if (isThere !== undefined) commit.found.set(id, commit.found.get(id) ?? isThere)
      }
      if (commit.found.size < commit.keys.length) continue
      open.delete(commit)
      tell(newsOf([...commit.found.values()]))
    }
  }

  return {
    ...storage,
    update: async (tenant, keys, decide) => {
      let found = new Map<string, boolean>()
      let written: readonly string[] = []
      try {
        await storage.update(tenant, keys, (records, now) => {
          found = new Map()
          const writes = decide(
            {
              get: (key) => {
                const record = records.get(key)
                if (isAnswer(key)) found.set(key.id, record !== undefined)
                return record
              },
            },
            now,
          )
          written = answersIn(writes)
          return writes
        })
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === 'outcome_unknown' && written.length > 0) {
          open.add({ keys: written, found: new Map() })
          tell('ambiguous')
        }
        throw error
      }
      look(found)
    },
  }
}

const isAnswer = ({ kind }: Key): boolean => kind === idempotencyKind.name

const answersIn = ({ records }: Writes): readonly string[] =>
  records.flatMap(({ key }) => (isAnswer(key) ? [key.id] : []))

const newsOf = (found: readonly boolean[]): CommitNews => {
  if (found.every(Boolean)) return 'written'
  return found.some(Boolean) ? 'half_written' : 'not_written'
}
