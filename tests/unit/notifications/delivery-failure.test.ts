import { describe, expect, it } from 'vitest'
import { deliveryFailureOf } from '../../../src/core/notifications/delivery-failure.js'

describe('what is kept of an error of a notifier', () => {
  it('NO2 is how long the channel asks to be left alone, where that is a time', () => {
    const asked = [1_500, 0, -1, Number.NaN, '1500', undefined].map(
      (retryAfter) => deliveryFailureOf({ code: 'http_429', retryAfter }).retryAfter,
    )
    expect(asked).toEqual([1_500, 0, 0, 0, 0, 0])
  })

  it('SE7 is a code or a name, never a message that may quote an address', () => {
    expect(deliveryFailureOf(new TypeError('ada@example.org is unknown')).reason).toBe('TypeError')
    expect(deliveryFailureOf({ code: 'no such user: ada@example.org' }).reason).toBe('delivery_failed')
    expect(deliveryFailureOf('ada@example.org is unknown')).toEqual({
      reason: 'delivery_failed',
      permanent: false,
      retryAfter: 0,
    })
  })
})
