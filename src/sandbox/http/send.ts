import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Answer } from './answer.ts'
import type { Trouble } from './trouble.ts'

const zip = promisify(gzip)

/** Sends an answer with its length, as IIS does with what it has buffered; compressed where both sides want it. */
export async function send(request: IncomingMessage, response: ServerResponse, answer: Answer, compress: boolean): Promise<void> {
  const body = await head(request, response, answer, compress)
  response.end(body)
}

/** Sends an answer and lets happen to it what is to happen. */
export async function sendTroubled(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  trouble: Extract<Trouble, { kind: 'cut' | 'slow' | 'faultThenRubbish' }>,
): Promise<void> {
  const body = await head(request, response, answer, false)
  const { socket } = request
  switch (trouble.kind) {
    case 'cut':
      response.write(body.subarray(0, Math.floor(body.length * (trouble.after ?? 0.5))), () => socket.destroy())
      return
    case 'slow':
      for (let at = 0; at < body.length && !response.destroyed; at += trouble.bytes) {
        response.write(body.subarray(at, at + trouble.bytes))
        await delay(trouble.milliseconds, undefined, { ref: false })
      }
      response.end()
      return
    case 'faultThenRubbish':
      response.end(body, () => socket.write('</s:Envelope>\r\n<html><body>Runtime Error</body></html>\r\n'))
  }
}

async function head(request: IncomingMessage, response: ServerResponse, answer: Answer, compress: boolean): Promise<Buffer> {
  const zipped = compress && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const body = zipped ? await zip(answer.body) : answer.body
  response.statusCode = answer.status
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  if (zipped) response.setHeader('content-encoding', 'gzip')
  response.setHeader('content-length', body.length)
  return body
}
