import { MailferryError } from '../../domain/errors.ts'
import { findConnection } from '../../ledger/connections.ts'
import { journal } from '../../ledger/journal.ts'
import { secretReferenceOf } from '../../ledger/secretReferences.ts'
import { packError } from '../../rpc/packError.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { type Replacement, replaceSecretFile } from '../../secrets/replaceSecretFile.ts'
import type { EngineContext } from '../context.ts'
import { goOnWithSecret } from '../goOnWithSecret.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'

/**
 * Gives a connection's application another certificate, by the one it has, and keeps it where the former one was: in the file, or in the vault; with `give` it is answered where it
 * lies in no file. Where anything fails, or this process is killed, the former one goes on, for the tenant takes both. A tenant that refuses is an answer.
 */
export const office365Renew: Handler<'office365.renew', EngineContext> = async (context, { name, objectId, give = false }, call) => {
  const { ledger, vault, now, version } = context
  const connection = await findConnection(ledger.db, name)
  const { id, settings } = connection
  const reference = await secretReferenceOf(ledger.db, id)
  if (settings.kind !== 'office365') throw new MailferryError('usage', { detail: `“${connection.name}” is no connection to Office 365` })
  const file = reference !== undefined && 'file' in reference ? reference.file : undefined
  if (!give && reference !== undefined && 'fd' in reference)
    throw new MailferryError('usage', {
      detail: `the certificate of “${connection.name}” comes by a file descriptor, through which no other can be stored`,
    })
  await using replacements = new AsyncDisposableStack()
  let replacement: Replacement | undefined
  const { renewCertificate } = await import('../../servers/office365/registration/renewCertificate.ts')
  const done = await renewCertificate(
    {
      connection: { ...connection, settings },
      secrets: lazySource(secretLoader(context, connection, call.emit)),
      clientInfo: { name: 'Mailferry', version },
    },
    {
      ...(objectId === undefined ? {} : { objectId }),
      signal: call.signal,
      now: now(),
      async beforeAdding({ pem }) {
        if (file !== undefined) replacement = replacements.use(await replaceSecretFile(file, pem))
      },
    },
  )
  if (!done.renewed) return { renewed: false, why: packError(done.why) }
  const { pem, validTo } = done.certificate
  await ledger.write(tx => journal(tx, { subject: id, what: 'connection.certificateRenewed', detail: { validTo } }))
  if (replacement !== undefined) await replacement.take()
  else if (give) return { renewed: true, validTo, secret: pem }
  else await vault.set(id, pem)
  await goOnWithSecret(context, name)
  return { renewed: true, validTo, ...(file === undefined ? {} : { file }) }
}
