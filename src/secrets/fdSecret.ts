import { createReadStream } from 'node:fs'
import { MailferryError } from '../domain/errors.ts'
import { secretLimit } from './limit.ts'
import type { GivenSecret } from './reference.ts'

/**
 * Reads an inherited file descriptor to its end and closes it: a pipe gives its secret once, so the caller keeps what was read.
 * Throws `secret.source` where nothing is open there.
 */
export async function readSecretDescriptor(fd: number, now: () => number): Promise<GivenSecret> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of createReadStream('', { fd }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > secretLimit) throw new Error(`larger than ${secretLimit} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    const closed = error instanceof Error && 'code' in error && error.code === 'EBADF'
    const cause = closed ? 'nothing is open there' : error instanceof Error ? error.message : String(error)
    throw new MailferryError('secret.source', { reference: `file descriptor ${fd}`, cause }, { cause: error })
  }
  return { text: Buffer.concat(chunks).toString('utf8'), givenAt: now() }
}
