import type { StoredError } from '../../domain/pair.ts'
import type { NextStep } from '../nextSteps.ts'

/** What helps where a connection's test failed: errors of servers don't know which connection they came from, the test does. */
export function cures(connection: string, { code }: StoredError): readonly NextStep[] {
  switch (code) {
    case 'tls.untrusted':
    case 'tls.fingerprintMismatch':
      return [{ step: 'trustCertificate', connection }]
    case 'signIn.refused':
    case 'signIn.expired':
      return [{ step: 'enterCredentials', connection }]
    default:
      return []
  }
}
