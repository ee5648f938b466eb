/**
 * An address of Exchange's own directory, as the non-delivery reports have it: `IMCEAEX-_o=Contoso_ou=…_cn=Anna+20Berg@contoso.com` (MS-OXCMAIL 2.1.3.1.8). Outlook's
 * nickname caches and replies to old mail name people so; the target knows them by it once the mailbox has it as an X500 address.
 */

const encapsulated = /IMCEAEX-([A-Za-z0-9=_+-]+)@/i

/** The legacyExchangeDN in the first IMCEAEX address of a text, which may be a whole report; nothing where there is none, or it is damaged. */
export const decodeImceaex = (text: string): string | undefined => {
  const encoded = encapsulated.exec(text)?.[1]
  // A `+` without two hexadecimal digits was cut or retyped; guessing would give an address that nobody has.
  if (encoded === undefined || /\+(?![0-9A-Fa-f]{2})/.test(encoded)) return undefined
  const octets = encoded.match(/\+..|[^+]/g) ?? []
  const bytes = octets.map(octet =>
    octet === '_' ? 0x2f : octet.startsWith('+') ? Number.parseInt(octet.slice(1), 16) : octet.charCodeAt(0),
  )
  return utf8(bytes)
}

/** The address under which Exchange sends to somebody whom only its directory knows. */
export const encodeImceaex = (legacyExchangeDN: string, domain: string): string => {
  const encoded = [...new TextEncoder().encode(legacyExchangeDN)].map(octet => {
    const character = String.fromCharCode(octet)
    if (character === '/') return '_'
    return /[A-Za-z0-9=-]/.test(character) ? character : `+${octet.toString(16).toUpperCase().padStart(2, '0')}`
  })
  return `IMCEAEX-${encoded.join('')}@${domain}`
}

/** The address as Exchange's address lists have it. */
export const x500 = (legacyExchangeDN: string): string => `X500:${legacyExchangeDN}`

function utf8(bytes: readonly number[]): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}
