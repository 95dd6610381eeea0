/** When the shop opens. */
export const epoch = '2026-03-01T09:00:00.000Z'
