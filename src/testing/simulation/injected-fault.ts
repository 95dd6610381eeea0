/** Thrown by a port that the simulation makes fail in a way that no port should. */
export class InjectedFault extends Error {
  readonly code = 'injected_fault'
}
