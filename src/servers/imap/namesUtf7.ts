/**
 * Mailbox names in IMAP4rev1's modified UTF-7 (RFC 3501 5.1.3): printable ASCII stands for itself, `&` is `&-`, all else goes in runs
 * of UTF-16BE in base64, with `,` for `/` and without padding, between `&` and `-`.
 */
export const encodeUtf7 = (text: string): string => text.replace(/&|[^\x20-\x7e]+/g, run => (run === '&' ? '&-' : `&${base64(run)}-`))

const base64 = (run: string): string => Buffer.from(run, 'utf16le').swap16().toString('base64').replaceAll('/', ',').replaceAll('=', '')

/** The reverse; undefined for what isn't written as `encodeUtf7` would write it, which RFC 3501 forbids and some servers send. */
export function decodeUtf7(wire: string): string | undefined {
  const text = wire.replace(/&([A-Za-z0-9+,]*)-/g, (_, run: string) => (run === '' ? '&' : utf16(run)))
  return encodeUtf7(text) === wire ? text : undefined
}

function utf16(run: string): string {
  const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64')
  return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : ''
}
