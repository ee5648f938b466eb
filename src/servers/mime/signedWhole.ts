import { collapsed } from '../../domain/headers.ts'

/** [MS-OXOSMIME] 2.1.3.1: content that was signed is kept together with its signature, as one attachment that begins with these fields. */
export const signedHead = (fields: ReadonlyMap<string, string>): Buffer =>
  Buffer.from(`Content-Type: ${collapsed(fields.get('content-type') ?? 'multipart/signed')}\r\n\r\n`, 'latin1')

/** Header sections are read so far, as `readMime` does. */
const longestHead = 1 << 20

/** Gives on what follows a message's header section, as it comes. */
export function afterHead(take: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let head: Buffer | undefined = Buffer.alloc(0)
  return chunk => {
    if (!head) return take(chunk)
    if (head.length > longestHead) return
    head = Buffer.concat([head, chunk])
    const end = /\r?\n\r?\n/.exec(head.toString('latin1'))
    if (!end) return
    take(head.subarray(end.index + end[0].length))
    head = undefined
  }
}
