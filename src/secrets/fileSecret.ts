import { open } from 'node:fs/promises'
import { MailferryError } from '../domain/errors.ts'
import { secretLimit } from './limit.ts'
import type { GivenSecret } from './reference.ts'

/** Reads a secret file as UTF-8. Throws `secret.source` where it can't be read, or is no file of a sensible size. */
export async function readSecretFile(path: string): Promise<GivenSecret> {
  try {
    await using handle = await open(path, 'r')
    const stat = await handle.stat()
    if (!stat.isFile() && !stat.isFIFO()) throw new Error('not a file')
    if (stat.size > secretLimit) throw new Error(`larger than ${secretLimit} bytes`)
    const text = await handle.readFile('utf8')
    const exposed = process.platform !== 'win32' && stat.isFile() && (stat.mode & 0o004) !== 0
    return { text, givenAt: stat.mtimeMs, ...(exposed ? { exposed: true } : {}) }
  } catch (error) {
    throw new MailferryError('secret.source', { reference: path, cause: causeOf(error) }, { cause: error })
  }
}

const words: Readonly<Record<string, string>> = { ENOENT: 'no such file', EACCES: 'not readable for you', EISDIR: 'a directory' }

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return words[('code' in error && String(error.code)) || ''] ?? error.message
}
