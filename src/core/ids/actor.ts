/** Who asks. The host takes it from its own verified session, never from a request's body. */
export interface Actor {
  readonly kind: 'user' | 'service' | 'system' | 'customer'
  readonly id: string
}
