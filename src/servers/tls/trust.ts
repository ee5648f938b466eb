import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { MailferryError } from '../../domain/errors.ts'

/** The authorities a server's certificate is checked against: Node's own, the system's and the connection's CA file. */
export type Trust = () => SecureContext

export interface TrustOptions {
  /** A PEM file with the authorities to trust beside the system's. */
  readonly caFile?: string | undefined
  /** TLS 1.0 and 1.1 too. OpenSSL 3 takes their signatures (SHA-1) only at security level 0. */
  readonly allowOldTls?: boolean | undefined
}

/** Reads the CA file once, at the first connection. Throws `tls.caFile`. */
export function trustOf({ caFile, allowOldTls = false }: TrustOptions): Trust {
  let context: SecureContext | undefined
  return () => {
    context ??= contextFor(caFile === undefined ? [] : readCaFile(caFile), allowOldTls)
    return context
  }
}

/** The system's store is hundreds of certificates, four megabytes in each context. So connections that trust the same share one. */
const contexts = new Map<string, SecureContext>()

function contextFor(own: readonly string[], allowOldTls: boolean): SecureContext {
  const key = [allowOldTls, ...own].join('\n')
  const known = contexts.get(key)
  if (known) return known
  const context = createSecureContext({
    ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...own])],
    ...(allowOldTls ? { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } : { minVersion: 'TLSv1.2' }),
  })
  contexts.set(key, context)
  return context
}

function readCaFile(file: string): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new MailferryError('tls.caFile', { file, cause: messageOf(error) }, { cause: error })
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (!certificates) throw new MailferryError('tls.caFile', { file, cause: 'it holds no PEM certificate' })
  try {
    createSecureContext({ ca: certificates })
  } catch (error) {
    throw new MailferryError('tls.caFile', { file, cause: messageOf(error) }, { cause: error })
  }
  return certificates
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
