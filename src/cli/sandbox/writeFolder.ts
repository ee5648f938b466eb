import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'

/** Writes files, by name, into a folder only its owner can read; earlier ones are replaced. Throws `file.unwritable`. */
export async function writeFolder(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text, { mode: 0o600 })
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new MailferryError('file.unwritable', { file: dir, cause }, { cause: error })
  }
}
