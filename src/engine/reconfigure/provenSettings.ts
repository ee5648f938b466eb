import type { ConnectionSettings, Recorded } from '../../domain/connection.ts'

/**
 * The settings to prove a reconfiguration with. Where no new address was given, the server is where it was: it is asked there, and Autodiscover, which leads
 * to the other company after a domain has moved, is shown no secret.
 */
export const provenSettings = (settings: ConnectionSettings, recorded: Recorded | undefined, newServer: boolean): ConnectionSettings =>
  settings.kind === 'exchange' && settings.server.by === 'autodiscover' && !newServer && recorded?.address !== undefined
    ? { ...settings, server: { by: 'url', url: recorded.address } }
    : settings
