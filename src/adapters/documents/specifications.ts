/** Values of BT-24: the core of EN 16931 as it is, Peppol BIS Billing 3, and XRechnung 3.0. */
export const specifications = {
  en16931: 'urn:cen.eu:en16931:2017',
  peppol: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  xrechnung: 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
} as const

/** The value of BT-23 that Peppol BIS Billing 3 demands, and XRechnung recommends. */
export const peppolBillingProcess = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'

export const isPeppol = (specification: string): boolean => specification.startsWith(specifications.peppol)

export const isXRechnung = (specification: string): boolean => specification.includes(':xrechnung_')
