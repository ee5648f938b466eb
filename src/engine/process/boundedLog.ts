import { closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import { MailferryError } from '../../domain/errors.ts'
import type { Log } from '../log.ts'

/** Bytes after which the file is set aside as `….1` and a new one begun: the two together are all there ever is. */
const largest = 4_000_000

/** As `openLog`, but never larger than so much, for a process that may live for weeks. Throws `file.unwritable`. */
export function openBoundedLog(file: string, now: () => number, limit = largest): Log {
  let fd = open(file)
  let size = fstatSync(fd).size

  const begin = (): void => {
    closeSync(fd)
    // Another engine on the same file may have done it a moment ago.
    if (existsSync(file)) renameSync(file, `${file}.1`)
    fd = open(file)
    size = 0
  }

  return {
    write(what, fields = {}) {
      try {
        if (size > limit) begin()
        size += writeSync(fd, `${JSON.stringify({ at: new Date(now()).toISOString(), pid: process.pid, what, ...fields })}\n`)
      } catch {
        // A full disk ends the log, not the migration.
      }
    },
    async [Symbol.asyncDispose]() {
      closeSync(fd)
    },
  }
}

function open(file: string): number {
  try {
    return openSync(file, 'a', 0o600)
  } catch (error) {
    throw new MailferryError('file.unwritable', { file, cause: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}
