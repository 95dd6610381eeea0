import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type {
  Actor,
  Answer,
  AnswerError,
  OrderManagement,
  OrderManagementFor,
  QueryAnswer,
} from 'orderwright'

/** Who a bearer token belongs to: stands in for the sessions that the host has. */
export type Sessions = ReadonlyMap<string, Actor>

/** Orders over HTTP. Every decision is orderwright's; what is here is who calls, which key, and which status. */
export const createApp = (oms: OrderManagement, sessions: Sessions): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.use(authenticate(oms, sessions))
  app.use(express.json({ limit: '64kb' }))

  app.post('/orders', async (request, response) => {
    const { actor, calls } = callerOf(response)
    const own = actor.kind === 'customer' ? { customer: actor.id } : {}
    const placed = await calls.orders.place(
      { ...request.body, channel: 'web', ...own },
      keyOf(request, response),
    )
    send(response, placed, 201)
  })

  app.get('/orders/:order', async (request, response) => {
    send(response, await callerOf(response).calls.orders.get({ order: request.params.order }))
  })

  app.get('/orders/:order/timeline', async (request, response) => {
    send(response, await callerOf(response).calls.orders.timeline({ order: request.params.order }))
  })

  app.post('/orders/:order/confirmation', async (request, response) => {
    const { order } = request.params
    send(response, await callerOf(response).calls.orders.confirm({ order }, keyOf(request, response)))
  })

  // Plans, packs and ships all that is ready. Keys are scoped by command, so a repeat under one key goes on where it stopped.
  app.post('/orders/:order/shipments', async (request, response) => {
    const { calls } = callerOf(response)
    const key = keyOf(request, response).idempotencyKey
    if (key === undefined) return sendError(response, problem('idempotency_key_required', 400))
    const planned = await calls.fulfillments.plan({ order: request.params.order }, { idempotencyKey: key })
    if (!planned.ok) return sendError(response, planned.error)
    const shipments = []
    for (const { fulfillment } of planned.value.fulfillments) {
      const idempotencyKey = `${key} ${fulfillment}`
      const packed = await calls.fulfillments.pack({ fulfillment }, { idempotencyKey })
      if (!packed.ok) return sendError(response, packed.error)
      const { shipment } = packed.value
      const shipped = await calls.shipments.ship({ ...request.body, shipment }, { idempotencyKey })
      if (!shipped.ok) return sendError(response, shipped.error)
      shipments.push(shipped.value)
    }
    response.status(201).json({ shipments })
  })

  app.post('/invoices/:invoice/payments', async (request, response) => {
    const input = { ...request.body, invoices: [{ invoice: request.params.invoice }] }
    send(response, await callerOf(response).calls.payments.record(input, keyOf(request, response)), 201)
  })

  app.use((_request, response) => {
    sendError(response, problem('not_found', 404))
  })
  app.use(handleError)
  return app
}

interface Caller {
  readonly actor: Actor
  readonly calls: OrderManagementFor
}

/** The actor comes from the session and from nowhere else; a body that names one is refused for its unknown field. */
const authenticate =
  (oms: OrderManagement, sessions: Sessions): RequestHandler =>
  (request, response, next) => {
    const actor = sessions.get(request.get('authorization')?.replace(/^Bearer /, '') ?? '')
    if (actor === undefined) {
      sendError(response, problem('unauthorized', 401))
      return
    }
    response.locals['caller'] = { actor, calls: oms.as({ actor }) } satisfies Caller
    next()
  }

const callerOf = (response: Response): Caller => response.locals['caller'] as Caller

/** A key is the caller's own: without the actor in front, two customers who both begin with `1` would be in each other's way. */
const keyOf = (request: Request, response: Response): { readonly idempotencyKey?: string } => {
  const { actor } = callerOf(response)
  const key = request.get('idempotency-key')
  return key === undefined ? {} : { idempotencyKey: `${actor.kind}:${actor.id} ${key}` }
}

const send = (response: Response, answer: Answer<unknown> | QueryAnswer<unknown>, status = 200): void => {
  if (!answer.ok) return sendError(response, answer.error)
  if ('replayed' in answer) response.set('idempotency-replayed', String(answer.replayed))
  if (answer.version !== undefined) response.set('etag', `"${answer.version}"`)
  response.status(status).json(answer.value)
}

type Problem = Pick<AnswerError, 'status' | 'message' | 'details' | 'retry'> & { readonly code: string }

/** Status, code and words are all in the error; only what to do with them is up to HTTP (RFC 9457). */
const sendError = (response: Response, error: Problem & Pick<AnswerError, 'issues'>): void => {
  const { status, code, message, details, issues, retry } = error
  if (retry !== 'never') response.set('retry-after', '1')
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, code, detail: message, details, issues, retry }))
}

const words: Readonly<Record<string, string>> = {
  unauthorized: 'Sign in first.',
  not_found: 'There is nothing here.',
  idempotency_key_required: 'A repeat would do this twice: send an Idempotency-Key header.',
  unreadable_request: 'The path or the JSON of the body is malformed, or the body is larger than 64 kB.',
  internal: 'Something broke; nothing is known about it here.',
}

const problem = (code: string, status: number): Problem => ({
  code,
  status,
  message: words[code] ?? code,
  details: {},
  retry: 'never',
})

/** What Express could not read, and what is broken: the first is the caller's to mend, the second is told to nobody outside. */
const handleError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error)
  const { status } = Object(error) as { readonly status?: unknown }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return sendError(response, problem('unreadable_request', status))
  }
  console.error(error)
  sendError(response, problem('internal', 500))
}
