/** The names of the schemes in a `WWW-Authenticate` header (RFC 9110 11.6.1), in the server's order, whether in one field or several. */
export function schemesOf(header: string | undefined): string[] {
  const unquoted = (header ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '""')
  const names = unquoted.split(',').flatMap(part => /^\s*([A-Za-z][\w-]*)(?=\s+\S|\s*$)(?!\s*=)/.exec(part)?.[1] ?? [])
  return [...new Set(names)]
}

/** The base64 that a scheme's challenge carries, for those that carry one (NTLM, Negotiate). */
export const challengeOf = (header: string | undefined, scheme: string): string | undefined =>
  new RegExp(`(?:^|,)\\s*${scheme}\\s+([A-Za-z0-9+/]+=*)\\s*(?:,|$)`, 'i').exec(header ?? '')?.[1]
