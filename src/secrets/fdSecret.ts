import { createReadStream, fstatSync } from 'node:fs'
import { MailferryError } from '../domain/errors.ts'
import { secretLimit } from './limit.ts'
import type { GivenSecret } from './reference.ts'

/**
 * Reads an inherited file descriptor to its end: a pipe gives its secret once, so the caller keeps what was read. It isn't closed, for
 * where nothing was inherited the runtime may have something of its own under that number. Throws `secret.source`.
 */
export async function readSecretDescriptor(fd: number, now: () => number): Promise<GivenSecret> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    if (!isReadable(fd)) throw new Error('nothing is open there')
    for await (const chunk of createReadStream('', { fd, autoClose: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > secretLimit) throw new Error(`larger than ${secretLimit} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new MailferryError('secret.source', { reference: `file descriptor ${fd}`, cause }, { cause: error })
  }
  return { text: Buffer.concat(chunks).toString('utf8'), givenAt: now() }
}

/** A file, pipe, socket or device; not an event queue or the like of the runtime's. */
function isReadable(fd: number): boolean {
  try {
    const stat = fstatSync(fd)
    return stat.isFile() || stat.isFIFO() || stat.isSocket() || stat.isCharacterDevice()
  } catch {
    return false
  }
}
