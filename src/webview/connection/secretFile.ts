import { MailferryError } from '../../domain/errors.ts'
import type { StoredError } from '../../domain/pair.ts'
import { packError } from '../../rpc/packError.ts'
import type { Client } from '../../rpc/protocol.ts'
import type { L10n } from '../../views/wording.ts'
import type { ChosenFile } from '../desk.ts'
import type { ConnectionDraft } from './draft.ts'
import type { Model } from './model.ts'

/** What a chosen file, or what was made in place of one, gives a connection. */
export interface SecretFile {
  /** Absent where nothing can be taken from it. */
  readonly secret?: string
  readonly fields?: Pick<ConnectionDraft, 'certificate'>
  readonly file?: Model['file']
  readonly failure?: StoredError
}

interface Reading {
  readonly engine: Client
  readonly l10n: L10n
}

/** A CSV of sign-ins, or the PEM file of an application's certificate, read by the engine. */
export async function readSecretFile({ engine, l10n }: Reading, draft: ConnectionDraft, { name, text }: ChosenFile): Promise<SecretFile> {
  if (draft.kind === 'office365') return readPem(engine, draft.name.trim() || l10n.t('the new connection'), text)
  const kind = draft.signIn === 'token' ? 'tokens' : 'passwords'
  const preview = await engine.call('csv.preview', { text, kind })
  const good = preview.problems.length === 0 && preview.rows > 0
  return { ...(good ? { secret: text } : {}), file: { name, preview } }
}

async function readPem(engine: Client, connection: string, text: string): Promise<SecretFile> {
  try {
    const { certificate } = await engine.call('office365.readCertificate', { connection, text })
    return { secret: text, fields: { certificate } }
  } catch (error) {
    if (error instanceof MailferryError) return { failure: packError(error) }
    throw error
  }
}

/** A key and certificate made here: the key goes to the editor's secret storage, the certificate to the tenant. */
export async function makeCertificate(engine: Client): Promise<SecretFile> {
  const { pem, certificate } = await engine.call('office365.certificate', {})
  return { secret: pem, fields: { certificate } }
}
