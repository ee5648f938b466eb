import type { IncomingMessage } from 'node:http'

/** The whole body; nothing where it is longer than `limit` bytes (the rest is read and dropped) or breaks off. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'tooLarge' | 'aborted'> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return size > limit ? 'tooLarge' : Buffer.concat(chunks)
}
