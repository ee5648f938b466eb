import { MailferryError } from '../domain/errors.ts'
import { secretLimit } from '../secrets/limit.ts'

/** Standard input to its end, as UTF-8. Throws `usage` where it is a terminal, for nothing would be hidden while typing. */
export async function readInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw new MailferryError('usage', { detail: 'this is read from standard input; pipe it in (a secret may also come by --fd)' })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > secretLimit) throw new MailferryError('usage', { detail: `standard input is larger than ${secretLimit} bytes` })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
