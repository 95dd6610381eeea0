import assert from 'node:assert/strict'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

interface Call {
  readonly token?: string
  readonly key?: string
  readonly body?: unknown
}

/** Talks to the shop as a customer and as a clerk and checks every answer. */
export const converse = async (base: string): Promise<void> => {
  const call = async (
    method: string,
    path: string,
    { token = 'lin', key, body }: Call = {},
  ): Promise<Reply> => {
    const response = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const reply = {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as never,
    }
    console.log(
      `${token.padEnd(4)} ${method.padEnd(4)} ${path.replaceAll(/[0-9a-f-]{36}/g, '…')} → ${reply.status}`,
    )
    return reply
  }
  const refused = (reply: Reply, status: number, code: string): void => {
    assert.deepEqual([reply.status, reply.body['code']], [status, code], JSON.stringify(reply.body))
  }

  const order = { currency: 'EUR', lines: [{ sku: 'MUG', quantity: 2 }] }
  const placed = await call('POST', '/orders', { key: 'cart 1', body: order })
  assert.equal(placed.status, 201)
  assert.deepEqual(placed.body['total'], { amount: '25.00', currency: 'EUR' })

  const again = await call('POST', '/orders', { key: 'cart 1', body: order })
  assert.deepEqual(again.body, placed.body)
  assert.equal(again.headers.get('idempotency-replayed'), 'true')

  const more = { ...order, lines: [{ sku: 'MUG', quantity: 3 }] }
  refused(await call('POST', '/orders', { key: 'cart 1', body: more }), 422, 'idempotency_key_reused')
  refused(await call('POST', '/orders', { body: order }), 400, 'idempotency_key_required')

  const tooMany = { ...order, lines: [{ sku: 'MUG', quantity: 9 }] }
  const short = await call('POST', '/orders', { key: 'cart 2', body: tooMany })
  refused(short, 409, 'out_of_stock')
  const { shortages } = short.body['details'] as { readonly shortages: readonly Record<string, unknown>[] }
  assert.deepEqual([shortages[0]?.['wanted'], shortages[0]?.['available']], [9, 8])

  const hers = await call('POST', '/orders', { token: 'kim', key: 'cart 1', body: order })
  assert.notEqual(hers.body['order'], placed.body['order'], "a key is the caller's own")

  const strange = await call('POST', '/orders', {
    key: 'cart 3',
    body: { ...order, actor: 'ada', rush: true },
  })
  refused(strange, 422, 'validation_failed')
  const issues = strange.body['issues'] as readonly {
    readonly path: readonly string[]
    readonly rule: string
  }[]
  assert.deepEqual(
    issues.map(({ path, rule }) => `${path.join('.')}: ${rule}`),
    ['actor: unknownField', 'rush: unknownField'],
  )

  const cheap = {
    ...order,
    lines: [{ sku: 'MUG', quantity: 1, unitPrice: { amount: '0.01', currency: 'EUR' } }],
  }
  refused(await call('POST', '/orders', { key: 'cart 4', body: cheap }), 403, 'forbidden')
  refused(await call('POST', '/orders', { token: 'nobody', key: 'cart 5', body: order }), 401, 'unauthorized')
  refused(await call('POST', '/orders', { key: 'cart 6', body: '{"lines":' }), 400, 'unreadable_request')
  refused(
    await call('POST', '/orders', { key: 'cart 7', body: { note: 'x'.repeat(70_000) } }),
    413,
    'unreadable_request',
  )

  const path = `/orders/${String(placed.body['order'])}`
  refused(await call('POST', `${path}/confirmation`), 403, 'forbidden')
  refused(await call('GET', path, { token: 'kim' }), 403, 'forbidden')
  const early = await call('POST', `${path}/shipments`, {
    token: 'ada',
    key: 'early',
    body: { carrier: 'Post' },
  })
  refused(early, 409, 'invalid_state')

  assert.equal((await call('POST', `${path}/confirmation`, { token: 'ada' })).status, 200)
  const transport = { token: 'ada', key: 'van 7', body: { carrier: 'Parcel Post', tracking: 'PP 123' } }
  const shipped = await call('POST', `${path}/shipments`, transport)
  assert.equal(shipped.status, 201)
  const reshipped = await call('POST', `${path}/shipments`, transport)
  assert.deepEqual(reshipped.body, shipped.body)

  const [shipment] = shipped.body['shipments'] as readonly { readonly invoice: string }[]
  const payments = `/invoices/${shipment?.invoice}/payments`
  const payment = { amount: { amount: '25.00', currency: 'EUR' }, method: 'card' }
  const paid = await call('POST', payments, { token: 'ada', key: 'pay 1', body: payment })
  assert.deepEqual([paid.status, paid.body['unapplied']], [201, { amount: '0.00', currency: 'EUR' }])
  const twice = await call('POST', payments, { token: 'ada', key: 'pay 2', body: payment })
  refused(twice, 409, 'allocation_exceeds_invoice')

  const seen = await call('GET', path)
  assert.deepEqual([seen.body['status'], seen.body['paymentStatus']], ['confirmed', 'paid'])
  const timeline = await call('GET', `${path}/timeline`)
  const happened = (timeline.body['items'] as readonly { readonly what: string }[]).map(({ what }) => what)
  for (const what of [
    'OrderPlaced',
    'OrderConfirmed',
    'ShipmentHandedOver',
    'InvoiceIssued',
    'InvoiceSettled',
  ]) {
    assert(happened.includes(what), `the timeline tells of ${what}`)
  }
}
