import { once } from 'node:events'
import { createServer } from 'node:net'
import type { TestProject } from 'vitest/node'
import type { TestServer } from './test-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port at which a test asks for the PostgreSQL of this run. */
    readonly postgresDoor: number
  }
}

/** Nothing is started before the first test asks: a run of unit tests pays for one listening socket. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  let starting: Promise<TestServer> | undefined
  const door = createServer((visitor) => {
    visitor.on('error', () => undefined)
    starting ??= import('./test-server.js').then(({ startTestServer }) => startTestServer())
    starting.then(
      (server) => visitor.end(JSON.stringify({ url: server.url, template: server.template })),
      (error: unknown) => visitor.end(JSON.stringify({ trouble: String(error) })),
    )
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const address = door.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  project.provide('postgresDoor', address.port)
  return async () => {
    door.close()
    await starting?.then(
      (server) => server.stop(),
      () => undefined,
    )
  }
}
