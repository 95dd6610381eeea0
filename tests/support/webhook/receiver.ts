import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { HttpsOptions } from 'orderwright/webhook'
import { selfSigned } from './self-signed.js'

export interface ReceivedRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** The name the sender asked a certificate for. */
  readonly serverName: string | false | null
}

export interface Receiver extends AsyncDisposable {
  /** `https://hooks.example:PORT/in`: a name that only `trusting` resolves. */
  readonly url: string
  readonly received: readonly ReceivedRequest[]
}

const certificate = selfSigned('hooks.example')

/** Reaches a receiver of this file: its name, its network, its certificate. */
export const trusting: HttpsOptions = {
  resolve: async () => ['127.0.0.1'],
  allowedNetworks: ['127.0.0.0/8'],
  certificateAuthorities: certificate.cert,
}

/** An https server on this machine that answers as it is told. */
export const openReceiver = async (
  answer: (response: ServerResponse, request: ReceivedRequest) => void,
): Promise<Receiver> => {
  const received: ReceivedRequest[] = []
  const server = createServer(certificate, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one: ReceivedRequest = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts),
        serverName: (request.socket as TLSSocket & { servername?: string | false }).servername ?? null,
      }
      received.push(one)
      answer(response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://hooks.example:${port}/in`,
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = '') =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(body)
  }
