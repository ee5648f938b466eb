import { chmod, chown, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { MailferryError } from '../domain/errors.ts'

/** Another secret on its way into a secret file: beside it until it is taken, and gone again where it never is. */
export interface Replacement extends AsyncDisposable {
  /** Puts it in the former one's place, in one step. Throws `file.unwritable`. */
  take(): Promise<void>
}

/**
 * Writes what will replace a secret file, with the same mode and owner, so that whatever keeps it from being written is known before anything depends on it. What a killed process
 * left of another one is written over. Throws `file.unwritable`.
 */
export async function replaceSecretFile(path: string, text: string): Promise<Replacement> {
  const unwritable = (error: unknown) =>
    new MailferryError('file.unwritable', { file: path, cause: error instanceof Error ? error.message : String(error) }, { cause: error })
  try {
    // A link stays one; what it leads to is replaced.
    const file = await realpath(path)
    const unfinished = `${file}.new`
    const { mode, uid, gid } = await stat(file)
    await rm(unfinished, { force: true })
    await writeFile(unfinished, text, { mode: 0o600, flag: 'wx', flush: true })
    const own = await stat(unfinished)
    if (own.uid !== uid || own.gid !== gid) await chown(unfinished, uid, gid)
    await chmod(unfinished, mode & 0o777)
    return {
      take: () =>
        rename(unfinished, file).catch((error: unknown) => {
          throw unwritable(error)
        }),
      [Symbol.asyncDispose]: () => rm(unfinished, { force: true }),
    }
  } catch (error) {
    throw unwritable(error)
  }
}
