/** Mailbox names as IMAP4rev1 sends them (RFC 3501, 5.1.3); the tests' own, so that the product's is held against another. */
export const encodeName = (name: string): string => name.replaceAll('&', '&-').replace(/[^\x20-\x7e]+/g, run => `&${base64(run)}-`)

const base64 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('base64').replaceAll('/', ',').replace(/=+$/, '')

export const decodeName = (encoded: string): string =>
  encoded.replace(/&([^-]*)-/g, (_, run: string) =>
    run === '' ? '&' : Buffer.from(run.replaceAll(',', '/'), 'base64').swap16().toString('utf16le'),
  )
