import { csvStatementReader, type CsvStatementOptions } from 'orderwright/csv'
import {
  fixedClock,
  recordingNotifier,
  type OpenClock,
  type OpenIds,
  type OpenNotifier,
  type OpenStatementReader,
  type OpenTaxSource,
  type RecordingNotifier,
  type TestClock,
} from 'orderwright/testing'
import type { StatementReader, TaxAnswer } from 'orderwright'
import { systemIds } from '../../../src/adapters/system/system-ids.js'
import type { Sku, TenantId } from '../../../src/core/ids/ids.js'
import type { CurrencyCode } from '../../../src/core/money/currency.js'
import type { Ids } from '../../../src/core/ports/ids.js'
import { type UnreadableFile } from '../../../src/core/ports/statement-reader.js'
import type { TaxQuestion } from '../../../src/core/ports/tax-source.js'
import type { Instant } from '../../../src/core/time/instant.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'
import { vat } from '../tax.js'

/** An implementation of a port that breaks one promise, and the case that has to notice, by the start of its name. */
export interface Broken<Open> {
  readonly breakage: string
  readonly open: Open
  readonly noticedBy: string
  readonly complaint: RegExp
}

const clockWith =
  (breakIt: (clock: TestClock) => Partial<TestClock>): OpenClock =>
  () => {
    const clock = fixedClock()
    return {
      clock: { ...clock, ...breakIt(clock) },
      advance: (span) => {
        clock.advance(span)
      },
    }
  }

export const brokenClocks: readonly Broken<OpenClock>[] = [
  {
    breakage: 'tells the time without milliseconds',
    open: clockWith((clock) => ({ now: () => clock.now().replace(/\.\d+/, '') as Instant })),
    noticedBy: 'tells the time',
    complaint: /is an instant/,
  },
  {
    breakage: 'counts seconds',
    open: clockWith((clock) => ({ elapsed: () => clock.elapsed() / 1_000 })),
    noticedBy: 'measures elapsed time',
    complaint: /200 milliseconds took 0\.2/,
  },
  {
    breakage: 'goes back as a wall clock that is set',
    open: clockWith((clock) => {
      let readings = 0
      return { elapsed: () => clock.elapsed() - (readings++ === 500 ? 1 : 0) }
    }),
    noticedBy: 'measures elapsed time',
    complaint: /came after/,
  },
  {
    breakage: 'calls back before the turn is over',
    open: clockWith(() => ({
      soon: (callback) => {
        callback()
      },
    })),
    noticedBy: 'calls back soon',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'calls back before what is ready has run',
    open: clockWith(() => ({
      soon: (callback) => {
        queueMicrotask(callback)
      },
    })),
    noticedBy: 'calls back soon',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'calls back after half the span',
    open: clockWith((clock) => ({ after: (span, callback) => clock.after(span / 2, callback) })),
    noticedBy: 'calls back after a span',
    complaint: /not before its time/,
  },
  {
    breakage: 'calls back again and again',
    open: clockWith((clock) => ({
      after: (span, callback) => {
        const again = (): void => {
          callback()
          clock.after(span, again)
        }
        return clock.after(span, again)
      },
    })),
    noticedBy: 'calls back after a span',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'does not hear a cancel',
    open: clockWith((clock) => ({
      after: (span, callback) => {
        clock.after(span, callback)
        return () => undefined
      },
    })),
    noticedBy: 'never calls back what was canceled',
    complaint: /the canceled is not/,
  },
]

const idsWith =
  (breakIt: (ids: Ids) => Partial<Ids>): OpenIds =>
  () => {
    const ids = systemIds()
    return { ...ids, ...breakIt(ids) }
  }

/** The same in every process that begins. */
const counting = (draw: () => string, places: number): (() => string) => {
  const rest = draw().slice(0, -places)
  let count = 0
  return () => `${rest}${(count += 1).toString(16).padStart(places, '0')}`
}

const oneSeries = '00000000-0000-4000-8000-000000000000'

export const brokenIds: readonly Broken<OpenIds>[] = [
  {
    breakage: 'counts from one in every process',
    open: idsWith(() => ({ random: counting(() => oneSeries, 8) })),
    noticedBy: 'draws outward ids as UUIDv4',
    complaint: /no id was drawn twice/,
  },
  {
    breakage: 'writes its ids without hyphens',
    open: idsWith((ids) => ({ random: () => ids.random().replaceAll('-', '') })),
    noticedBy: 'draws outward ids as UUIDv4',
    complaint: /is a UUIDv4/,
  },
  {
    breakage: 'draws 64 bits and fills up with zeros',
    open: idsWith((ids) => ({ random: () => `${ids.random().slice(0, 19)}8000${ids.random().slice(-13)}` })),
    noticedBy: 'draws each of the 122 free bits',
    complaint: /bit \d+ was set 0 times/,
  },
  {
    breakage: 'draws what it should order',
    open: idsWith((ids) => ({ ordered: () => ids.random().replace(/^(.{14})4/, '$17') })),
    noticedBy: 'draws ids of events and messages',
    complaint: /they are in order/,
  },
  {
    breakage: 'orders its ids by a count',
    open: idsWith((ids) => ({ ordered: counting(ids.ordered, 8) })),
    noticedBy: 'begins the id of an event with its time',
    complaint: /50 milliseconds apart, 0 by their ids/,
  },
  {
    breakage: 'counts its numbers up',
    open: idsWith(() => {
      let count = 2_222
      return { number: () => `2222-2222-${String((count += 1)).replace(/[01]/g, 'Z')}` }
    }),
    noticedBy: 'draws numbers for people',
    complaint: /no number was drawn twice/,
  },
  {
    breakage: 'has O and I in its numbers',
    open: idsWith((ids) => ({ number: () => ids.number().replace(/^./, 'O') })),
    noticedBy: 'draws numbers for people',
    complaint: /can be misread/,
  },
]

export const openRecording =
  (
    make: () => RecordingNotifier,
    breakIt: (notifier: RecordingNotifier) => Partial<RecordingNotifier> = () => ({}),
  ): OpenNotifier =>
  () => {
    const recording = make()
    return {
      notifier: { deliver: (notification) => recording.deliver(notification), ...breakIt(recording) },
      arrived: () => recording.delivered.map(({ id }) => id),
      refuseNext: (how) => {
        recording.failNext(1, Object.assign(new Error('refused'), how === 'for good' && { permanent: true }))
      },
    }
  }

const notifierWith = (breakIt: (notifier: RecordingNotifier) => Partial<RecordingNotifier>): OpenNotifier =>
  openRecording(recordingNotifier, breakIt)

export const brokenNotifiers: readonly Broken<OpenNotifier>[] = [
  {
    breakage: 'resolves before it has sent',
    open: notifierWith((notifier) => ({
      deliver: async (notification) => {
        setTimeout(() => void notifier.deliver(notification), 5)
      },
    })),
    noticedBy: 'resolves when the message has arrived',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'sends one at a time and drops the others',
    open: notifierWith((notifier) => {
      let busy = false
      return {
        deliver: async (notification) => {
          if (busy) return
          busy = true
          await notifier.deliver(notification)
          busy = false
        },
      }
    }),
    noticedBy: 'delivers each of many messages',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'throws where there is no address',
    open: notifierWith((notifier) => ({
      deliver: (notification) => {
        if (notification.recipient.email === undefined) throw new TypeError('an address is missing')
        return notifier.deliver(notification)
      },
    })),
    noticedBy: 'takes recipients without a name',
    complaint: /an address is missing/,
  },
  {
    breakage: 'swallows failures',
    open: notifierWith((notifier) => ({
      deliver: (notification) => notifier.deliver(notification).catch(() => undefined),
    })),
    noticedBy: 'rejects when the channel refuses',
    complaint: /it rejects with an error/,
  },
  {
    breakage: 'wraps every failure in an error of its own',
    open: notifierWith((notifier) => ({
      deliver: (notification) =>
        notifier.deliver(notification).catch((cause: unknown) => {
          throw new Error('not sent', { cause })
        }),
    })),
    noticedBy: 'marks with permanent: true',
    complaint: /the error is permanent/,
  },
]

type MakeReader = (options: CsvStatementOptions) => StatementReader

const csv: CsvStatementOptions = {
  account: 'GB33BUKB20201555555555',
  currency: 'EUR',
  dateForm: 'YYYY-MM-DD',
  decimalMark: 'point',
  columns: { date: 'Date', amount: 'Amount', remittanceText: 'Text' },
}
const file = (...rows: readonly string[]): string => ['Date,Amount,Text', ...rows, ''].join('\n')
const first = '2026-03-02,119.00,INV-1'
const second = '2026-03-03,-4.50,Fee'

/** A reader of files without balances. */
export const plainReader =
  (make: MakeReader): OpenStatementReader =>
  () => ({
    reader: make(csv),
    good: { content: file(first, second), bookings: 2 },
    badBooking: { content: file(first, '2026-03-03,"4,50",Fee'), line: 3 },
    brokenOff: file(first, '2026-03-03,-4.50,"Fe').trimEnd(),
  })

/** A reader of files that bring their balances. */
export const balancedReader =
  (make: MakeReader): OpenStatementReader =>
  () => {
    const balanceRows = { column: 'Text', opening: 'Opening balance', closing: 'Closing balance' }
    const opening = '2026-03-01,100.00,Opening balance'
    const closing = '2026-03-31,214.50,Closing balance'
    return {
      reader: make({ ...csv, balanceRows }),
      good: { content: file(opening, first, second, closing), bookings: 2 },
      brokenOff: file(opening, first),
      unbalanced: file(opening, first, closing),
    }
  }

const readerWith = (
  breakIt: (reader: StatementReader) => StatementReader,
  open: (make: MakeReader) => OpenStatementReader = plainReader,
): OpenStatementReader => open((options) => breakIt(csvStatementReader(options)))

/** Whatever is refused is read as a quiet day. */
const forgiving =
  (code: UnreadableFile['code']) =>
  (reader: StatementReader): StatementReader => ({
    read: (content) =>
      reader.read(content).catch((error: unknown) => {
        if ((error as UnreadableFile).code !== code) throw error
        return {
          statement: { account: csv.account, reference: '', currency: 'EUR', entries: [] },
          refused: [],
        }
      }),
  })

export const brokenReaders: readonly Broken<OpenStatementReader>[] = [
  {
    breakage: 'skips the last booking',
    open: readerWith((reader) => ({
      read: async (content) => {
        const { statement, refused } = await reader.read(content)
        return { statement: { ...statement, entries: statement.entries.slice(0, -1) }, refused }
      },
    })),
    noticedBy: 'reads every booking of a good file',
    complaint: /1 !== 2/,
  },
  {
    breakage: 'takes the signs off its amounts',
    open: readerWith(
      (reader) => ({
        read: async (content) => {
          const { statement, refused } = await reader.read(content)
          const entries = statement.entries.map((entry) => ({
            ...entry,
            amount: entry.amount.replace('-', ''),
          }))
          return { statement: { ...statement, entries }, refused }
        },
      }),
      balancedReader,
    ),
    noticedBy: 'reads every booking of a good file',
    complaint: /opening and bookings make the closing balance/,
  },
  {
    breakage: 'names a statement by the count of its readings',
    open: readerWith((reader) => {
      let readings = 0
      return {
        read: async (content) => {
          const { statement, refused } = await reader.read(content)
          return { statement: { ...statement, reference: `statement ${(readings += 1)}` }, refused }
        },
      }
    }),
    noticedBy: 'reads the same file twice',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'leaves out a booking it cannot read without a word',
    open: readerWith((reader) => ({
      read: async (content) => ({ ...(await reader.read(content)), refused: [] }),
    })),
    noticedBy: 'names a booking it cannot read',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'reads a file that is broken off as an empty one',
    open: readerWith(forgiving('unreadable_file')),
    noticedBy: 'refuses a file that is broken off',
    complaint: /unreadable_file: it was read/,
  },
  {
    breakage: 'does not add up',
    open: readerWith(forgiving('statement_unbalanced'), balancedReader),
    noticedBy: 'RC1 refuses a file',
    complaint: /statement_unbalanced: it was read/,
  },
]

const question: TaxQuestion = {
  tenant: 'main' as TenantId,
  date: '2026-03-01' as LocalDate,
  currency: 'EUR' as CurrencyCode,
  prices: 'net',
  place: { country: 'DE' },
  lines: [
    { sku: 'WINE' as Sku, quantity: '1', taxClass: 'wine' },
    { sku: 'BOOK' as Sku, quantity: '2', taxClass: 'books' },
  ],
  taxClasses: ['freight', 'books'],
}

const rateOf = (taxClass = ''): TaxAnswer['lines'][number] => vat(taxClass === 'books' ? '7' : '19')

/** An engine that knows a reduced rate for books, with its answer changed. */
export const openTaxSource =
  (
    change: Partial<TaxAnswer> | ((answer: TaxAnswer, asked: TaxQuestion) => Partial<TaxAnswer>),
  ): OpenTaxSource =>
  () => ({
    question,
    source: {
      treatmentsFor: async (asked) => {
        const answer: TaxAnswer = {
          source: 'taxengine',
          version: '2026-03',
          place: asked.place ?? { country: 'DE' },
          lines: asked.lines.map(({ taxClass }) => rateOf(taxClass)),
          taxClasses: asked.taxClasses.map(rateOf),
        }
        return { ...answer, ...(typeof change === 'function' ? change(answer, asked) : change) }
      },
    },
  })

export const brokenTaxSources: readonly Broken<OpenTaxSource>[] = [
  {
    breakage: 'answers ten lines at most',
    open: openTaxSource(({ lines }) => ({ lines: lines.slice(0, 10) })),
    noticedBy: 'answers one treatment for each line',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'answers in the order of its rates',
    open: openTaxSource(({ lines }) => ({
      lines: lines.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)),
    })),
    noticedBy: 'answers in the order of the lines',
    complaint: /strictly deep-equal/,
  },
  {
    breakage: 'writes 0.19 for 19 percent',
    open: openTaxSource(({ lines }) => ({ lines: lines.map(() => vat('0.19')) })),
    noticedBy: 'writes treatments out as they are stored',
    complaint: /0\.19 percent in all looks like a fraction/,
  },
  {
    breakage: 'has no version',
    open: openTaxSource({ version: '' }),
    noticedBy: 'says who answers',
    complaint: /the source and its version have names/,
  },
  {
    breakage: 'answers for its own country',
    open: openTaxSource({ place: { country: 'AT' } }),
    noticedBy: 'says who answers',
    complaint: /strictly equal/,
  },
]
