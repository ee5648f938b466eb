import type { Call, Client, Method, Params, Result } from '../../../src/rpc/protocol.ts'

type Answers = { readonly [Of in Method]?: (params: Params<Of>, call: Partial<Call>) => Result<Of> | Promise<Result<Of>> }

export interface ScriptedEngine extends Client {
  /** What was asked, by method. */
  readonly asked: readonly { readonly method: Method; readonly params: unknown }[]
  paramsOf<Of extends Method>(method: Of): Params<Of>[]
}

/** An engine that answers as a test says, and nothing else. */
export function scriptedEngine(answers: Answers): ScriptedEngine {
  const asked: { method: Method; params: unknown }[] = []
  return {
    asked,
    paramsOf<Of extends Method>(method: Of) {
      return asked.filter(one => one.method === method).map(({ params }) => params as Params<Of>)
    },
    async call<Of extends Method>(method: Of, params: Params<Of>, call: Partial<Call> = {}) {
      asked.push({ method, params })
      const answer = answers[method]
      if (answer === undefined) throw new Error(`nobody said what ${method} answers`)
      return answer(params, call)
    },
  }
}
