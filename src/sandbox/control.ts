import { randomBytes, timingSafeEqual } from 'node:crypto'
import { jsonAnswer } from './http/answer.ts'
import { listen } from './http/listen.ts'
import { send } from './http/send.ts'

/** What can be told to a running sandbox. */
export interface SandboxOrders {
  /** Answers in words what was done; throws an `Error` in words where it can't be. */
  carryOut(order: string): Promise<string>
}

export interface Control extends AsyncDisposable {
  /** POST the order as the path: `${url}/deliver/5`. */
  readonly url: string
  /** In the header `Authorization: Bearer …`. */
  readonly token: string
}

/** Takes orders over HTTP from whoever on this machine has the token; the path's words are the order's. */
export async function startControl(orders: SandboxOrders): Promise<Control> {
  const token = randomBytes(24).toString('base64url')
  const expected = Buffer.from(`Bearer ${token}`)
  const listener = await listen('127.0.0.1', 0, (request, response) => {
    const answer = async () => {
      const given = Buffer.from(request.headers.authorization ?? '')
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return jsonAnswer({ error: 'no token' }, 401)
      if (request.method !== 'POST') return jsonAnswer({ error: 'POST an order' }, 405)
      const order = decodeURIComponent(request.url ?? '')
        .split('/')
        .filter(Boolean)
        .join(' ')
      try {
        return jsonAnswer({ done: await orders.carryOut(order) })
      } catch (error) {
        return jsonAnswer({ error: error instanceof Error ? error.message : String(error) }, 400)
      }
    }
    answer()
      .then(given => send(request, response, given, false))
      .catch((error: Error) => response.destroy(error))
  })
  return { url: `http://127.0.0.1:${listener.port}`, token, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() }
}
