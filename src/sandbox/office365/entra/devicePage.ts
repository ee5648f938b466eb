import { randomUUID } from 'node:crypto'
import { type Answer, htmlAnswer } from '../../http/answer.ts'
import type { EntraFront } from './answerEntra.ts'
import { findClient } from './authenticateClient.ts'
import type { DeviceCode } from './deviceCodes.ts'
import { signInPerson } from './people.ts'
import { readScope } from './resources.ts'
import { required } from './tokenEndpoint.ts'

/** Where a person enters a code: all on one page, where Entra asks for one thing after the other. */
const page = `<!doctype html>
<html lang="en">
<title>Sign in to your account</title>
<form method="post">
<p><label>Code <input name="code" autocomplete="off"></label></p>
<p><label>User name <input name="username" autocomplete="off"></label></p>
<p><label>Password <input name="password" type="password"></label></p>
<p><label><input name="consent" type="checkbox" value="accept"> Accept the permissions that the application asks for</label></p>
<p><button>Sign in</button></p>
</form>
</html>`

export const devicePage: Answer = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(page) }

/** Takes what was entered there: `code`, `username`, `password`; `consent` accepts what is asked for; `decline` refuses. */
export function approveDevice(front: EntraFront, form: URLSearchParams, path: string): Answer {
  const { tenant, deviceCodes } = front
  const code = deviceCodes.byUserCode(form.get('code') ?? '')
  if (!code) return htmlAnswer('That code didn’t work. Check the code and try again.', 200)
  const user = signInPerson(tenant, required(form, 'username'), required(form, 'password'), path)
  const { objectGuid } = user.person
  if (form.get('consent') === 'accept') {
    // AADSTS90094: nobody else may give an application what Mailferry asks for.
    if (!user.isAdministrator)
      return htmlAnswer('Need admin approval. Ask an admin to grant permission to this app before you can use it.', 200)
    consent(front, code, objectGuid)
  }
  if (form.has('decline')) code.isDeclined = true
  else code.userId = objectGuid
  return htmlAnswer('You have signed in. You may now close this window.', 200)
}

/** For this person alone, as Entra does where nobody ticks “on behalf of your organisation”. */
function consent({ tenant, graphAliases }: EntraFront, { clientId, scope }: DeviceCode, principalId: string): void {
  const { principal } = findClient(tenant, clientId)
  const { resource, permissions } = readScope(tenant.registry, scope, graphAliases)
  principal.grants.push({ id: randomUUID(), resourceId: resource.id, principalId, scope: permissions.join(' ') })
}
