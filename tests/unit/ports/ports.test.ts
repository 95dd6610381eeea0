import { describe, expect, it } from 'vitest'
import { UnreadableFile } from '../../../src/core/ports/statement-reader.js'

describe('a file that is refused as a whole', () => {
  it('says where and why, or its code where a reader names no place', () => {
    const issue = { line: 7, rule: 'csv.quote' }
    expect(new UnreadableFile('unreadable_file', [issue]).message).toBe(
      'unreadable_file: line 7 breaks csv.quote',
    )
    expect(new UnreadableFile('statement_unbalanced', []).message).toBe('statement_unbalanced')
  })
})
