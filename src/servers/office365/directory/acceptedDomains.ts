import { z } from 'zod'
import { hostKey } from '../../../domain/addresses.ts'
import type { Asking } from '../graph/ask.ts'
import { pages } from '../graph/pages.ts'

const domainSchema = z.object({ id: z.string(), isVerified: z.boolean().nullish() })

/** The tenant's verified domains. */
export async function acceptedDomains(asking: Asking): Promise<readonly string[]> {
  const domains: string[] = []
  for await (const page of pages(asking, domainSchema, { path: '/domains', needs: ['Domain.Read.All'] })) {
    domains.push(...page.filter(({ isVerified }) => isVerified !== false).map(({ id }) => hostKey(id)))
  }
  return domains.sort()
}
