/** A promise whose failure is met when its turn comes, and is no unhandled one until then. */
export function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}
