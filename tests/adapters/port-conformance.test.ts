import { csvStatementReader } from 'orderwright/csv'
import {
  clockConformance,
  countedIds,
  fixedClock,
  idsConformance,
  notifierConformance,
  recordingNotifier,
  statementReaderConformance,
  steppingClock,
  taxSourceConformance,
  type OpenNotifier,
  type OpenStatementReader,
  type PortCase,
} from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/system/system-clock.js'
import { systemIds } from '../../src/adapters/system/system-ids.js'
import {
  balancedReader,
  brokenClocks,
  brokenIds,
  brokenNotifiers,
  brokenReaders,
  brokenTaxSources,
  openRecording,
  openTaxSource,
  plainReader,
  type Broken,
} from '../support/broken/broken-ports.js'

const keeps = <Open>(what: string, cases: readonly PortCase<Open>[], open: Open): void => {
  describe(`${what} keeps the promises of its port:`, () => {
    for (const { name, run } of cases) it(name, () => run(open))
  })
}

const notices = <Open>(kit: string, cases: readonly PortCase<Open>[], broken: readonly Broken<Open>[]) => {
  describe(`the kit of ${kit}`, () => {
    for (const { breakage, open, noticedBy, complaint } of broken) {
      it(`notices one that ${breakage}`, async () => {
        const [one, ...more] = cases.filter(({ name }) => name.startsWith(noticedBy))
        expect(more).toEqual([])
        await expect(one?.run(open)).rejects.toThrow(complaint)
      })
    }

    it('has no case that every broken one would pass, and says what each is for', () => {
      const noticing = broken.map(({ noticedBy }) => noticedBy)
      const idle = cases.filter(({ name }) => !noticing.some((start) => name.startsWith(start)))
      expect(idle.map(({ name }) => name)).toEqual([])
      for (const { why } of cases) expect(why).toMatch(/^[A-Z].{20,}\.$/)
    })
  })
}

keeps('the clock of the system', clockConformance, () => ({ clock: systemClock() }))
for (const [name, make] of [
  ['a fixed clock', fixedClock],
  ['a stepping clock', steppingClock],
] as const) {
  keeps(name, clockConformance, () => {
    const clock = make()
    return {
      clock,
      advance: (span) => {
        clock.advance(span)
      },
    }
  })
}
notices('clocks', clockConformance, brokenClocks)

keeps('the source of ids of the system', idsConformance, systemIds)
notices('ids', idsConformance, brokenIds)

it('counted ids keep the shape of ids and their order, and none of their chance', async () => {
  const kept: string[] = []
  let series = 0
  for (const { name, run } of idsConformance) {
    const isKept = await run(() => countedIds((series += 1))).then(
      () => true,
      () => false,
    )
    if (isKept) kept.push(name)
  }
  expect(kept).toEqual([
    'draws outward ids as UUIDv4, none twice, whoever draws',
    'draws ids of events and messages as UUIDv7, each above the one before, none twice, whoever draws',
  ])
})

keeps<OpenNotifier>('a recording notifier', notifierConformance, openRecording(recordingNotifier))
notices('notifiers', notifierConformance, brokenNotifiers)

keeps<OpenStatementReader>('the CSV reader', statementReaderConformance, plainReader(csvStatementReader))
keeps<OpenStatementReader>(
  'the CSV reader with balances',
  statementReaderConformance,
  balancedReader(csvStatementReader),
)
notices('statement readers', statementReaderConformance, brokenReaders)

keeps('a tax engine of a table', taxSourceConformance, openTaxSource({}))
notices('tax sources', taxSourceConformance, brokenTaxSources)
