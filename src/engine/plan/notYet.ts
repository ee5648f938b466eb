import { z } from 'zod'
import { MailferryError } from '../../domain/errors.ts'

const looked = z.object({
  connections: z.array(z.object({ name: z.string().catch('?'), kind: z.unknown() }).catch({ name: '?', kind: undefined })).catch([]),
})

/** Office 365 is known, but not connected to yet: said as that, and not as a mistake in the plan. Throws `connection.notYet`. */
export function refuseNotYet(document: unknown): void {
  for (const { name, kind } of looked.safeParse(document).data?.connections ?? []) {
    if (kind === 'office365') throw new MailferryError('connection.notYet', { connection: name, kind })
  }
}
