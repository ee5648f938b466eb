import { MailferryError } from '../../../domain/errors.ts'
import type { Check } from '../../mailServer.ts'
import { isGiven, type Need, namesOf, needsOf } from '../permissions.ts'
import { fail, type Verifying } from './verifying.ts'

/**
 * Check `permissions`: what the token carries, beside what this side of a migration needs. A right that Exchange bound to some mailboxes (RBAC for Applications)
 * isn't in the token; opening one shows it. Answers whether to go on.
 */
export async function* checkPermissions({ access, asking, claims }: Verifying): AsyncGenerator<Check, boolean> {
  if (claims === undefined) {
    yield { name: 'permissions', state: 'skipped', detail: 'the token is sealed; what is missing shows when it is needed' }
    return true
  }
  const { connection, endpoints } = access
  const needs = needsOf(connection.role, endpoints.importExport, connection.settings.ews)
  const has = (need: Need) => isGiven(need, claims)
  const missing = needs.filter(need => !has(need))
  const refused = missing.filter(need => need.optional === undefined && (claims.delegated || need.scoped === undefined))
  const name = (need: Need) => namesOf(need, claims)[0]
  const [first] = refused
  if (first !== undefined) {
    const error = new MailferryError('permission.graph', {
      host: asking.context.host,
      user: access.user,
      reason: 'consent',
      needs: refused.map(name),
      response: `the token has ${claims.permissions.length === 0 ? 'none' : claims.permissions.join(', ')}`,
    })
    yield* fail('permissions', `${name(first)}, for ${first.for}`, error)
    return false
  }
  const parts = [
    needs.filter(has).map(name).join(', '),
    ...missing
      .filter(need => need.scoped !== undefined && !claims.delegated)
      .map(need => `${name(need)} not for the whole tenant (${need.scoped} may bind it to some mailboxes)`),
    ...missing
      .filter(need => need.scoped === undefined || need.optional || claims.delegated)
      .map(need => `without ${name(need)}, this is left out: ${need.for}`),
    ...(claims.delegated
      ? [
          'somebody signed in himself opens other people’s mailboxes only where he has full access to them; an application needs no such access',
        ]
      : []),
    ...excess(connection.role === 'source', claims.permissions),
  ]
  yield { name: 'permissions', state: 'passed', detail: parts.filter(part => part !== '').join('; ') }
  return true
}

/** More than a source needs is told, not refused: it is only ever read. */
const excess = (isSource: boolean, has: readonly string[]): string[] => {
  const writing = has.filter(name => /^(?:Mail|MailboxFolder)\.ReadWrite|^Mail\.Send|^full_access/.test(name))
  return isSource && writing.length > 0 ? [`more than a source needs: ${writing.join(', ')}`] : []
}
