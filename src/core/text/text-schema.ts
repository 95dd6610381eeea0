import { z } from 'zod'
import { looksLikeCardNumber } from './card-number.js'

/**
 * Text that people write, at most `longest` UTF-16 units after normalization to NFC. Line breaks and tabs are kept, other control
 * characters were refused at the door. What looks like a card number is refused (PCI DSS: it must never be stored).
 */
export const textSchema = (longest: number) => written(longest, (text) => text)

/** One line of text: a name, a city, a subject. */
export const lineSchema = (longest: number) =>
  written(longest, (text) => (/[\r\n]/.test(text) ? undefined : text))

const written = (longest: number, accept: (text: string) => string | undefined) =>
  z.string('type').transform((raw, context): string => {
    const rule =
      raw.length > longest
        ? 'text.length'
        : accept(raw) === undefined
          ? 'text.line'
          : looksLikeCardNumber(raw)
            ? 'text.cardNumber'
            : undefined
    if (rule === undefined) return raw.normalize('NFC')
    context.issues.push({ code: 'custom', message: rule, input: raw })
    return z.NEVER
  })

/** The host's own facts about a record: short texts by name. */
export const metadataSchema = (keys: number, longest: number) =>
  z
    .record(z.string('type').max(64, 'metadata.key'), textSchema(longest))
    .refine((value) => Object.keys(value).length <= keys, 'metadata.keys')
