import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, and cuts the wire at a moment of the test's choosing. */
export interface TcpProxy {
  /** The address of the server, by way of the proxy. */
  readonly url: string
  /** Cuts the connection that next sends `text`: before the server gets it, or after the server has answered it. Resolves when it is cut. */
  cutAt(text: string, moment: 'before' | 'after'): Promise<void>
  /** Lets nothing more through on the connection that next sends `text`: before the server gets it, or before the client gets the answer. */
  silenceAt(text: string, moment: 'before' | 'after'): Promise<void>
  close(): Promise<void>
}

interface Trap {
  readonly text: string
  readonly end: 'cut' | 'silence'
  readonly moment: 'before' | 'after'
  readonly sprung: () => void
}

export const tcpProxy = async (server: string): Promise<TcpProxy> => {
  const target = new URL(server)
  const sockets = new Set<Socket>()
  let trap: Trap | undefined

  const join = (client: Socket): void => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    let sprung: Trap | undefined
    let silent = false
    const spring = ({ end, sprung: tell }: Trap): void => {
      if (end === 'cut') client.destroy()
      else silent = true
      tell()
    }
    client.on('data', (data) => {
      if (silent) return
      if (trap !== undefined && data.includes(trap.text)) {
        sprung = trap
        trap = undefined
        if (sprung.moment === 'before') {
          spring(sprung)
          return
        }
      }
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (silent) return
      if (sprung === undefined) client.write(data)
      else spring(sprung)
    })
  }

  const trapAt = (end: Trap['end'], text: string, moment: Trap['moment']): Promise<void> =>
    new Promise((resolve) => {
      trap = { text, end, moment, sprung: resolve }
    })

  const listener = createServer(join).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  const url = new URL(server)
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  return {
    url: url.href,
    cutAt: (text, moment) => trapAt('cut', text, moment),
    silenceAt: (text, moment) => trapAt('silence', text, moment),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}
