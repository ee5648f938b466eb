import { readFile } from 'node:fs/promises'
import { MailferryError } from '../domain/errors.ts'

/**
 * A text file as administrators' tools write them: UTF-8, or UTF-16 with a byte order mark (Windows PowerShell's `-Encoding Unicode`).
 * Throws `file.unreadable`, also where it is neither.
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch(error => {
    throw unreadable(file, error instanceof Error ? error.message : String(error), error)
  })
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    throw unreadable(file, `it is not ${encoding.toUpperCase()}; write it anew as UTF-8 (Export-Csv … -Encoding UTF8)`, error)
  }
}

const unreadable = (file: string, cause: string, error: unknown): MailferryError =>
  new MailferryError('file.unreadable', { file, cause }, { cause: error })
