import type { ConnectionSettings } from './connection.ts'

/** Whether a connection's secret is a private key with its certificate, which ends some day. */
export const signsInByCertificate = (settings: ConnectionSettings): boolean =>
  settings.kind === 'office365' && settings.signIn.method === 'application' && settings.signIn.credential === 'certificate'
