/** The cookies of one host. Exchange's front end keeps in them which back-end server has the mailbox. */
export interface CookieJar {
  header(): { readonly cookie?: string }
  /** Takes `Set-Cookie` fields (RFC 6265 5.2), as far as one path of one host needs it. */
  take(fields: readonly string[]): void
}

export function cookieJar(): CookieJar {
  const cookies = new Map<string, string>()
  return {
    header: () => (cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    take(fields) {
      for (const field of fields) {
        const [pair = '', ...attributes] = field.split(';').map(part => part.trim())
        const equals = pair.indexOf('=')
        if (equals < 1) continue
        const name = pair.slice(0, equals)
        if (attributes.some(isOver)) cookies.delete(name)
        else cookies.set(name, pair.slice(equals + 1))
      }
    },
  }
}

function isOver(attribute: string): boolean {
  const [name = '', value = ''] = attribute.split('=', 2)
  if (name.toLowerCase() === 'max-age') return Number(value) <= 0
  return name.toLowerCase() === 'expires' && Date.parse(attribute.slice(name.length + 1)) <= Date.now()
}
