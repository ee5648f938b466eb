import { X509Certificate } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import { stopped } from '../../stopped.ts'
import { type Asking, ask, shaped } from '../graph/ask.ts'
import { graphError } from '../graph/graphError.ts'
import type { GraphMethod } from '../graph/graphTransport.ts'
import { graphAppId, type RegistrationWish, registrationPlan, registrationScopes } from './plan.ts'

export type Registered =
  | { readonly registered: true; readonly clientId: string; readonly name: string }
  /** The tenant doesn't allow it to this administrator; the script says what another has to do. Nothing of it is left behind but what `left` names. */
  | { readonly registered: false; readonly why: MailferryError; readonly left?: string }

const principalsSchema = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish(), allowedMemberTypes: z.array(z.string()) })).nullish(),
    }),
  ),
})
const applicationSchema = z.object({ id: z.string(), appId: z.string() })
const createdSchema = z.object({ id: z.string() })

/**
 * Registers an application as the signed-in administrator, for the whole tenant: application with its certificate, service principal, consent. Binding it to
 * single mailboxes takes Exchange Online PowerShell. Throws what isn't the tenant's refusal: `host.*`, `tls.*`, `server.*`, `signIn.*`, `stopped`.
 */
export async function registerApplication(
  asking: Asking,
  wish: Omit<RegistrationWish, 'mailboxes'>,
  { certificate, fullFidelity }: { readonly certificate: string; readonly fullFidelity: boolean },
): Promise<Registered> {
  const plan = registrationPlan(wish)
  const wanted = [...plan.permissions, ...(fullFidelity ? plan.fullFidelity.permissions : [])]
  let made: z.infer<typeof applicationSchema> | undefined
  try {
    const { value } = await ask(asking, principalsSchema, {
      path: `/servicePrincipals?$filter=appId%20eq%20'${graphAppId}'&$select=id,appRoles`,
      needs: ['Application.Read.All'],
    })
    const [graph] = value
    const roles = (graph?.appRoles ?? []).filter(
      ({ value: name, allowedMemberTypes }) => name && wanted.includes(name) && allowedMemberTypes.includes('Application'),
    )
    if (graph === undefined || roles.length < wanted.length) {
      throw new MailferryError('server.protocol', {
        host: asking.context.host,
        detail: 'the tenant doesn’t have all permissions that are wanted',
      })
    }
    made = await post(asking, applicationSchema, '/applications', {
      displayName: plan.name,
      signInAudience: 'AzureADMyOrg',
      requiredResourceAccess: [{ resourceAppId: graphAppId, resourceAccess: roles.map(({ id }) => ({ id, type: 'Role' })) }],
      keyCredentials: [
        {
          type: 'AsymmetricX509Cert',
          usage: 'Verify',
          displayName: 'Mailferry',
          key: new X509Certificate(certificate).raw.toString('base64'),
        },
      ],
    })
    const { appId } = made
    const principal = await soon(asking, () => post(asking, createdSchema, '/servicePrincipals', { appId }))
    for (const { id: appRoleId } of roles) {
      const assignment = { principalId: principal.id, resourceId: graph.id, appRoleId }
      await soon(asking, () => post(asking, createdSchema, `/servicePrincipals/${principal.id}/appRoleAssignments`, assignment))
    }
    return { registered: true, clientId: appId, name: plan.name }
  } catch (error) {
    if (!isError(error)) throw error
    // Half an application is worse than none: nobody would know what it was for.
    const left = made === undefined || (await removed(asking, made.id)) ? undefined : made.appId
    if (!isError(error, 'permission.graph', 'server.refused')) throw error
    return { registered: false, why: error, ...(left !== undefined && { left }) }
  }
}

async function post<Schema extends z.ZodType>(asking: Asking, schema: Schema, path: string, json: unknown): Promise<z.infer<Schema>> {
  return shaped(asking, schema, await change(asking, 'POST', path, json))
}

async function change({ graph, context, signal }: Asking, method: GraphMethod, path: string, json?: unknown): Promise<unknown> {
  const answer = await graph.send({ method, path, ...(json !== undefined && { json }) }, { signal })
  if (answer.error !== undefined) throw graphError(answer, { ...context, operation: `${method} ${path}`, needs: registrationScopes })
  return answer.json
}

const attempts = 5

/** What was just made isn't known everywhere at once (Entra ID, eventual consistency): a refusal is asked again for a few seconds. */
async function soon<Result>({ signal }: Asking, run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (attempt === attempts || !isError(error, 'server.refused')) throw error
      await sleep(attempt * 500, undefined, { signal }).catch(() => {
        throw stopped(signal, 'registering')
      })
    }
  }
}

/** Milliseconds. */
const removingMayTake = 30_000

/** Also where a person stopped it: what was half made is taken back before. */
async function removed(asking: Asking, id: string): Promise<boolean> {
  try {
    await change({ ...asking, signal: AbortSignal.timeout(removingMayTake) }, 'DELETE', `/applications/${id}`)
    return true
  } catch (error) {
    if (!isError(error)) throw error
    return false
  }
}
