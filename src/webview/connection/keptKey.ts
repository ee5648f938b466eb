import { createHash } from 'node:crypto'
import type { KeyVault } from '../../editor/secretVault.ts'

/**
 * The key of a certificate that was made here is on nobody's disk, and the tenant may know its certificate before the connection is saved: until then the editor's
 * secret storage keeps it, so that neither reloading the window nor *Keep editing* loses it.
 */
export const keptKey = (keys: KeyVault) => ({
  keep: (certificate: string, pem: string): Promise<void> => keys.keepKey(idOf(certificate), pem),
  of: (certificate: string): Promise<string | undefined> => keys.keptKey(idOf(certificate)),
  async forget(certificate: string): Promise<void> {
    if (certificate !== '') await keys.forgetKey(idOf(certificate))
  },
})

const idOf = (certificate: string): string => createHash('sha256').update(certificate).digest('hex')
