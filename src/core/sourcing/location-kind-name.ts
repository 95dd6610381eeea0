/** What a location is: a vendor's serves by drop shipment, a pickup point hands over but may also keep stock. */
export type LocationKindName = 'warehouse' | 'store' | 'pickup' | 'vendor'
