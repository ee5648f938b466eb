import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { ApplicationCertificate } from '../entra/certificate.ts'
import { type Asking, ask } from '../graph/ask.ts'
import { graphError } from '../graph/graphError.ts'
import { keyProof } from './keyProof.ts'

const applicationSchema = z.object({ id: z.string() })

/**
 * The object id of the application that is signed in. Graph tells an application of itself without any permission, though no document says so: where it doesn't, throws
 * `permission.graph`.
 */
export async function ownObjectId(asking: Asking, clientId: string): Promise<string> {
  const path = `/applications(appId='${encodeURIComponent(clientId)}')?$select=id`
  const { id } = await ask(asking, applicationSchema, { path, needs: ['Application.Read.All'] })
  return id
}

/**
 * Adds a certificate to the application that is signed in, beside those it has (Microsoft Graph, "application: addKey"): a proof that it has one of their keys takes the place
 * of a permission. Throws `server.refused` where the tenant doesn't take it, and what a request throws.
 */
export async function addKey(
  { graph, context, signal }: Asking,
  objectId: string,
  { current, certificate, now }: { readonly current: ApplicationCertificate; readonly certificate: string; readonly now: number },
): Promise<void> {
  const path = `/applications/${encodeURIComponent(objectId)}/addKey`
  const operation = 'POST /applications/{id}/addKey'
  const key = new X509Certificate(certificate).raw.toString('base64')
  const json = {
    keyCredential: { type: 'AsymmetricX509Cert', usage: 'Verify', displayName: 'Mailferry', key },
    passwordCredential: null,
    proof: keyProof(current, objectId, now),
  }
  try {
    const answer = await graph.send({ method: 'POST', path, json }, { signal })
    if (answer.error !== undefined) throw graphError(answer, { ...context, operation, needs: ['Application.ReadWrite.OwnedBy'] })
  } catch (error) {
    // A proof that isn't taken is answered as a token would be that isn't: 401. The token itself was good a moment ago.
    if (!isError(error, 'signIn.refused', 'signIn.expired')) throw error
    throw new MailferryError('server.refused', { host: context.host, command: operation, response: error.params.response })
  }
}
