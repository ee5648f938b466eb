import { z } from 'zod'

/** What an access token for Graph says of whom it was given to. Read for people's information only: Graph alone decides what it is good for. */
export interface TokenClaims {
  readonly tenant: string | undefined
  /** Application permissions, or delegated ones where somebody is signed in. */
  readonly permissions: readonly string[]
  readonly delegated: boolean
}

const claimsSchema = z.object({
  tid: z.string().optional(),
  roles: z.array(z.string()).optional(),
  scp: z.string().optional(),
})

/** Nothing where the token is sealed: Microsoft may do so any day. */
export function tokenClaims(token: string): TokenClaims | undefined {
  const { data } = claimsSchema.safeParse(payload(token))
  if (data === undefined) return undefined
  const { tid, roles = [], scp } = data
  return { tenant: tid?.toLowerCase(), permissions: scp === undefined ? roles : scp.split(' '), delegated: scp !== undefined }
}

function payload(token: string): unknown {
  const [, middle = ''] = token.split('.')
  try {
    return JSON.parse(Buffer.from(middle, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
