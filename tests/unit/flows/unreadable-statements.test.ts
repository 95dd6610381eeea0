import { memoryStorage, createOrderManagement, trustHost } from 'orderwright'
import { expect, it } from 'vitest'

const importWith = (thrown: Error) =>
  createOrderManagement({
    storage: memoryStorage(),
    policy: trustHost,
    statementReaders: { odd: { read: () => Promise.reject(thrown) } },
  })
    .as({ actor: { kind: 'user', id: 'ada' } })
    .reconciliation.importStatement({ format: 'odd', content: 'x' })

it.each(['statement_unbalanced', 'limit_exceeded'])(
  'RC1 %s of a reader is a refusal with its facts and the rows it is about',
  async (code) => {
    const issues = [
      { line: 3, rule: 'money.format', column: 2 },
      { line: 4, rule: 'money.format' },
    ]
    expect(
      await importWith(Object.assign(new Error(code), { code, issues, details: { most: 2 } })),
    ).toMatchObject({
      ok: false,
      error: { code, details: { most: 2, rows: issues } },
    })
    expect(await importWith(Object.assign(new Error(code), { code }))).toMatchObject({
      ok: false,
      error: { code, details: { rows: [] } },
    })
  },
)

it('a reader that breaks is no answer about the file', async () => {
  await expect(importWith(new Error('out of memory'))).rejects.toThrow('out of memory')
})
