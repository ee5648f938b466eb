import { createWriteStream } from 'node:fs'
import { MailferryError } from '../domain/errors.ts'

/** What a log line may hold: ids, codes and numbers, never a secret, content, or a server's words. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Log extends AsyncDisposable {
  write(what: string, fields?: LogFields): void
}

export const noLog: Log = { write() {}, async [Symbol.asyncDispose]() {} }

/** Appends one JSON object per line: `at` (UTC), `pid`, `what` and the fields. Throws `file.unwritable`. */
export async function openLog(file: string, now: () => number): Promise<Log> {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve())
    stream.once('error', error => reject(new MailferryError('file.unwritable', { file, cause: error.message }, { cause: error })))
  })
  // A full disk ends the log, not the migration.
  stream.on('error', () => {})
  return {
    write(what, fields = {}) {
      stream.write(`${JSON.stringify({ at: new Date(now()).toISOString(), pid: process.pid, what, ...fields })}\n`)
    },
    [Symbol.asyncDispose]: () => new Promise(resolve => stream.end(() => resolve())),
  }
}
