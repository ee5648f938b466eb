import { hostKey } from './addresses.ts'
import type { Connection } from './connection.ts'

/** IMAP's two ports, for STARTTLS and for TLS, are doors to one server; any other port may be another one. */
const imapPorts: readonly number[] = [143, 993]

/**
 * What tells that two connections lead to the same mailboxes: an IMAP server's address, else the organisation that was verified;
 * a connection that was never verified is its own place.
 */
export const placeOf = ({ id, settings, verification }: Pick<Connection, 'id' | 'settings' | 'verification'>): string => {
  if (settings.kind === 'imap') {
    const { host, port } = settings.server
    return `imap:${hostKey(host)}:${imapPorts.includes(port) ? '' : port}`
  }
  const recorded = 'recorded' in verification ? verification.recorded : undefined
  return recorded === undefined ? id : `${settings.kind}:${recorded.organisation.toLowerCase()}`
}
