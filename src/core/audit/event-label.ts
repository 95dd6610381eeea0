/** What a person reads in a timeline. An event is named after what happened, so its name in words will do for nearly all. */
export const eventLabel = (type: string): string => labels.get(type) ?? inWords(type)

const labels: ReadonlyMap<string, string> = new Map([
  ['OrderHeld', 'Order put on hold'],
  ['OrderHoldReleased', 'Order taken off hold'],
  ['OrderQuantitiesCanceled', 'Units canceled'],
  ['OrderWorkPlanned', 'Picking and packing planned'],
  ['OrderWorkCanceled', 'Picking and packing called off'],
  ['OrderDepositReceived', 'Payment received in advance'],
  ['OrderDepositApplied', 'Advance payment used'],
  ['OrderPaid', 'Payment applied to the order'],
  ['OrderPaymentTakenBack', 'Payment taken back from the order'],
  ['InvoicePaid', 'Payment applied to the invoice'],
  ['InvoicePaymentTakenBack', 'Payment taken back from the invoice'],
  ['GoodsHandedOver', 'Goods handed over to the carrier'],
  ['ShipmentHandedOver', 'Shipment handed over to the carrier'],
])

/** `OrderPlaced` is `Order placed`. */
const inWords = (type: string): string => {
  const words = type.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
