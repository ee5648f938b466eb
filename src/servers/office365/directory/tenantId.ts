import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import type { TokenClaims } from '../entra/tokenClaims.ts'
import { type Asking, ask } from '../graph/ask.ts'

/** The tenant that a token is for: as the token says, or, where it is sealed, as Graph does. */
export async function tenantId(asking: Asking, claims: TokenClaims | undefined): Promise<string> {
  if (claims?.tenant !== undefined) return claims.tenant
  const { value } = await ask(asking, z.object({ value: z.array(z.object({ id: z.string() })) }), {
    path: '/organization?$select=id',
    needs: ['Organization.Read.All'],
  })
  const [organisation] = value
  if (organisation === undefined) throw new MailferryError('server.protocol', { host: asking.context.host, detail: 'it names no tenant' })
  return organisation.id.toLowerCase()
}
