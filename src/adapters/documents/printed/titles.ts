import { isCreditNoteCode } from '../syntax-names.js'
import type { Words } from './words.js'

/** What a document of this type (BT-3, UNTDID 1001) is called. */
export const documentTitle = (typeCode: string, words: Words): string => {
  const key = titles[typeCode]
  if (key !== undefined) return words[key]
  return isCreditNoteCode(typeCode) ? words.creditNote : words.invoice
}

const titles: Readonly<Record<string, TitleWord>> = {
  '325': 'proformaInvoice',
  '326': 'partialInvoice',
  '383': 'debitNote',
  '384': 'correctedInvoice',
  '386': 'depositInvoice',
  '389': 'selfBilledInvoice',
}

type TitleWord =
  | 'correctedInvoice'
  | 'debitNote'
  | 'depositInvoice'
  | 'partialInvoice'
  | 'proformaInvoice'
  | 'selfBilledInvoice'
