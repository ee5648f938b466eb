import { hostKey } from './addresses.ts'
import type { Connection, ExchangeSettings, ImapSettings } from './connection.ts'
import { isSame } from './isSame.ts'

/**
 * What is different about a connection. `rename` and `trust` (another certificate or authority of the same host) are no edits;
 * a new secret doesn't even show here, for settings hold none. `host`: an IMAP connection would lead to another server.
 */
export type ConnectionChange = 'role' | 'kind' | 'rename' | 'trust' | 'host' | 'edit'

export type Changeable = Pick<Connection, 'name' | 'role' | 'settings'>

const withoutTrust = ({ server: { fingerprint, caFile, ...server }, ...rest }: ImapSettings) => ({
  trust: { fingerprint: fingerprint?.replaceAll(':', '').toLowerCase(), caFile },
  rest: { ...rest, server: { ...server, host: hostKey(server.host) } },
})

const imapChanges = (before: ImapSettings, after: ImapSettings): ConnectionChange[] => {
  const [old, now] = [withoutTrust(before), withoutTrust(after)]
  if (old.rest.server.host !== now.rest.server.host) return ['host']
  return [...(isSame(old.trust, now.trust) ? [] : ['trust' as const]), ...(isSame(old.rest, now.rest) ? [] : ['edit' as const])]
}

/** Old TLS is a consent of another sort than trust in a certificate, and counts as an edit. */
const exchangeChanges = (before: ExchangeSettings, after: ExchangeSettings): ConnectionChange[] => {
  const parted = ({ trust: { allowOldTls, ...trust } = {}, ...rest }: ExchangeSettings) => ({ trust, rest: { ...rest, allowOldTls } })
  const [old, now] = [parted(before), parted(after)]
  return [...(isSame(old.trust, now.trust) ? [] : ['trust' as const]), ...(isSame(old.rest, now.rest) ? [] : ['edit' as const])]
}

/** Everything in which a connection would differ; nothing for one that stays as it is. */
export const connectionChanges = (before: Changeable, after: Changeable): ReadonlySet<ConnectionChange> => {
  const changes = new Set<ConnectionChange>()
  if (before.name !== after.name) changes.add('rename')
  if (before.role !== after.role) changes.add('role')
  if (before.settings.kind !== after.settings.kind) changes.add('kind')
  else if (before.settings.kind === 'imap' && after.settings.kind === 'imap') {
    for (const change of imapChanges(before.settings, after.settings)) changes.add(change)
  } else if (before.settings.kind === 'exchange' && after.settings.kind === 'exchange') {
    for (const change of exchangeChanges(before.settings, after.settings)) changes.add(change)
  } else if (!isSame(before.settings, after.settings)) changes.add('edit')
  return changes
}
