import type { Answer } from '../../http/answer.ts'
import type { GraphCall } from './call.ts'

/** A resource's method: `{…}` stands for any one segment. */
export interface Route {
  readonly method: string
  readonly pattern: string
  readonly handle: (call: GraphCall) => Answer
  /** Query options that it minds. Any other is refused: a client that isn't would take what it gets for what it asked for. */
  readonly options: readonly string[]
}

export const route = (method: string, pattern: string, handle: Route['handle'], options: Route['options'] = []): Route => ({
  method,
  pattern,
  handle,
  options,
})

/** As troubles and the request log name it: `GET users/{user}/messages`. */
export const operationOf = ({ method, pattern }: Route): string => `${method} ${pattern}`
