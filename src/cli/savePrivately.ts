import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { MailferryError } from '../domain/errors.ts'
import type { App } from './app.ts'

/** Writes a secret to a new file that its owner alone can read, whose absolute path it answers. Throws `file.unwritable`, where there is such a file already too. */
export async function savePrivately({ cwd }: Pick<App, 'cwd'>, name: string, text: string): Promise<string> {
  const file = resolve(cwd, name)
  try {
    await using handle = await open(file, 'wx', 0o600)
    await handle.writeFile(text)
    return file
  } catch (error) {
    throw new MailferryError('file.unwritable', { file, cause: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}
