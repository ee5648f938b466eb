import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { MailferryError } from '../domain/errors.ts'
import type { App } from './app.ts'

/** Writes a text to a file, whose absolute path it answers. Throws `file.unwritable`. */
export async function saveText({ cwd }: Pick<App, 'cwd'>, name: string, text: string): Promise<string> {
  const file = resolve(cwd, name)
  await writeFile(file, text).catch(error => {
    throw new MailferryError('file.unwritable', { file, cause: error instanceof Error ? error.message : String(error) }, { cause: error })
  })
  return file
}
