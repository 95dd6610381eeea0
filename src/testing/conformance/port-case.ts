/** One promise of a port, as plain data for any test runner. */
export interface PortCase<Open> {
  /** A sentence about behavior. */
  readonly name: string
  /** What goes wrong in a business whose implementation breaks the promise. */
  readonly why: string
  /** Rejects with an `AssertionError` when the promise is broken. */
  readonly run: (open: Open) => Promise<void>
}
