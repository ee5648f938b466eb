/** Scheme, host and port of a URL. */
export interface Origin {
  readonly secure: boolean
  readonly host: string
  readonly port: number
}

export function originOf({ protocol, hostname, port }: URL): Origin {
  const secure = protocol === 'https:'
  // `hostname` keeps the brackets of an IPv6 address, which is no part of it.
  return { secure, host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (secure ? 443 : 80) : Number(port) }
}
