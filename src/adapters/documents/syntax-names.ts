export const ublInvoiceNamespace = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'
export const ublCreditNoteNamespace = 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2'
export const ciiNamespace = 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'

// UNTDID 1001 codes that EN 16931 has written as a UBL CreditNote; all others are a UBL Invoice.
const creditNoteCodes = new Set('81 83 261 262 296 308 381 396 420 458 502 503 532'.split(' '))

/** Whether a document of this type (BT-3) is a credit note. */
export const isCreditNoteCode = (typeCode: string): boolean => creditNoteCodes.has(typeCode)

/** A proforma invoice (UNTDID 1001): no claim, and no credit note either. */
export const proformaCode = '325'

/** UNTDID 1153: the buyer's number of an order. */
export const buyersOrder = 'ON'
