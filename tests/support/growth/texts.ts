import type { z } from 'zod'
import { readDate, readDecimalText } from '../../../src/adapters/csv/field-forms.js'
import { epcQrText } from '../../../src/adapters/documents/epc-qr.js'
import { isIban } from '../../../src/adapters/documents/iban.js'
import { plainText } from '../../../src/adapters/documents/printed/plain-text.js'
import {
  readCompactDate,
  readDecimalText as readXmlDecimal,
} from '../../../src/adapters/documents/read-values.js'
import { isRfReference } from '../../../src/adapters/documents/rf-reference.js'
import { breakLines } from '../../../src/adapters/pdf/break-lines.js'
import { visualOrder } from '../../../src/adapters/pdf/visual-order.js'
import { endpointUrl } from '../../../src/adapters/webhook/endpoint-url.js'
import { verifyWebhook } from '../../../src/adapters/webhook/verify-webhook.js'
import { webhookKey } from '../../../src/adapters/webhook/webhook-key.js'
import { quantitySchema, signedQuantitySchema } from '../../../src/core/catalog/quantity.js'
import { skuSchema, wordSchema } from '../../../src/core/ids/id-schema.js'
import { formatProblem, numbersIn, shapeOf } from '../../../src/core/invoicing/number-format.js'
import { amountPathSchema } from '../../../src/core/invoicing/printed-amount.js'
import { parseDecimal } from '../../../src/core/money/decimal-string.js'
import * as money from '../../../src/core/money/money-schema.js'
import { emailSchema, phoneSchema } from '../../../src/core/parties/personal-data.js'
import { secretOf } from '../../../src/core/ports/secret-source.js'
import { cleanRemittanceText, invoiceNumbersIn } from '../../../src/core/reconciliation/remittance-text.js'
import { costSchema } from '../../../src/core/sourcing/sourcing-schema.js'
import { countrySchema, subdivisionSchema } from '../../../src/core/tax/place-schema.js'
import { looksLikeCardNumber } from '../../../src/core/text/card-number.js'
import { lineSchema, textSchema } from '../../../src/core/text/text-schema.js'
import { localDateSchema } from '../../../src/core/time/time-schema.js'
import * as zones from '../../../src/core/time/zone-schema.js'
import type { Inputs } from './grown.js'

const parsed = (schema: z.ZodType) => (text: string) => schema.safeParse(text)
const anAmount = (schema: z.ZodType) => (text: string) => schema.safeParse({ amount: text, currency: 'EUR' })
const invoices = { pattern: 'INV-{number}', digits: 6 }
const longest = 1_000_000_000

const webhook = {
  body: new Uint8Array(),
  secrets: [secretOf(`whsec_${'A'.repeat(32)}`)],
  now: '2026-03-01T09:00:00.000Z',
}
const headersWith = ({ id = 'one', signatures = '' }) => ({
  'webhook-id': id,
  'webhook-timestamp': '1772355600',
  'webhook-signature': signatures,
})

/** Everything that reads one text. Some give up at a length; then their work does not grow at all. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'a decimal': parseDecimal,
  'an amount': anAmount(money.moneySchema),
  'a positive amount': anAmount(money.positiveMoneySchema),
  'a unit price': anAmount(money.unitPriceSchema),
  'a percentage': parsed(money.percentSchema),
  'a tax rate': parsed(money.taxPercentSchema),
  'an exchange rate': parsed(money.exchangeRateSchema),
  'a cost': parsed(costSchema),
  'a currency': parsed(money.currencySchema),
  'a quantity': parsed(quantitySchema),
  'a signed quantity': parsed(signedQuantitySchema),
  'a date': parsed(localDateSchema),
  'a date of a plan': parsed(zones.planDateSchema),
  'a local time': parsed(zones.localDateTimeSchema),
  'an instant': parsed(zones.instantSchema),
  'a time zone': parsed(zones.zoneSchema),
  'the begin of working hours': parsed(zones.beginningTimeSchema),
  'the end of working hours': parsed(zones.endingTimeSchema),
  'a SKU': parsed(skuSchema),
  'a word': parsed(wordSchema),
  'a text': parsed(textSchema(longest)),
  'a line of text': parsed(lineSchema(longest)),
  'an e-mail address': parsed(emailSchema),
  'a telephone number': parsed(phoneSchema),
  'a country': parsed(countrySchema),
  'a subdivision': parsed(subdivisionSchema),
  'the path of a printed amount': parsed(amountPathSchema),
  'a number format': (pattern) => [
    formatProblem({ ...invoices, pattern }),
    shapeOf({ ...invoices, pattern }),
  ],
  'document numbers in a text': (text) => numbersIn(text, invoices),
  'references in a text': (text) => invoiceNumbersIn(text, [invoices, { pattern: '{number}', digits: 4 }]),
  'a remittance text': (text) => cleanRemittanceText(text, longest),
  'a card number in a text': looksLikeCardNumber,
  'an IBAN': isIban,
  'a creditor reference': isRfReference,
  'a SEPA transfer': (text) => {
    try {
      return epcQrText({ name: 'Ada', iban: 'AT611904300234573201', text })
    } catch {
      return undefined
    }
  },
  'a decimal of XML': readXmlDecimal,
  'a date of CII': readCompactDate,
  'a date of a CSV file': (text) => readDate(text, 'DD.MM.YYYY'),
  'a decimal of a CSV file': (text) => readDecimalText(text, 'comma'),
  'a text to be printed': plainText,
  'a text to be broken into lines': (text) => breakLines(text, 40, (line) => line.length),
  'words from right to left': visualOrder,
  'the signatures of a webhook': (signatures) =>
    verifyWebhook({ ...webhook, headers: headersWith({ signatures }) }),
  'the id of a webhook': (id) => verifyWebhook({ ...webhook, headers: headersWith({ id }) }),
  'the secret of a webhook': (secret) => webhookKey(secretOf(secret)),
  'the URL of an endpoint': (url) => {
    try {
      return endpointUrl(url)
    } catch {
      return undefined
    }
  },
}

/** Repeated, and then spoilt at the end: what a reader could go over again and again before it gives up. */
const hostile = [
  '0',
  '9',
  '1 ',
  '4-',
  ' ',
  '\n',
  'a',
  'A-',
  'a.',
  '@',
  'a@',
  '"',
  '.',
  ':',
  '{number}',
  'INV-',
  'INV 7 ',
  '\u05d0 ',
  '漢',
  '\ud83d\ude00',
]

const hostileTexts = (size: number): readonly string[] =>
  hostile.flatMap((unit) => [unit.repeat(size), `${unit.repeat(size)}!`])

export const texts: Inputs = Object.fromEntries(
  Object.entries(readers).map(([name, read]) => [
    name,
    {
      sizes: [250, 500, 1_000],
      prepare: (size) => {
        const given = hostileTexts(size)
        return () => {
          for (const text of given) read(text)
        }
      },
    },
  ]),
)
