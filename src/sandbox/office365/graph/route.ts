import type { Answer } from '../../http/answer.ts'
import type { GraphCall } from './call.ts'

/** A resource's method: `{…}` stands for any one segment. */
export interface Route {
  readonly method: string
  readonly pattern: string
  readonly handle: (call: GraphCall) => Answer
}

export const route = (method: string, pattern: string, handle: Route['handle']): Route => ({ method, pattern, handle })

/** As troubles and the request log name it: `GET users/{user}/messages`. */
export const operationOf = ({ method, pattern }: Route): string => `${method} ${pattern}`
