import type { SessionContext } from './sessionContext.ts'

/** Bytes that still fit into the mailbox (RFC 9208 4.2, GETQUOTAROOT): the least of its storage quotas. Nothing where the server doesn't tell. */
export async function room({ pool, capabilities }: SessionContext): Promise<number | undefined> {
  if (!capabilities.has('QUOTA')) return undefined
  const wire = await pool.wire()
  const left: number[] = []
  const command = {
    name: 'GETQUOTAROOT',
    text: 'GETQUOTAROOT INBOX',
    data(kind: string, _number: number, rest: string) {
      if (kind !== 'QUOTA') return kind === 'QUOTAROOT'
      const [, used, limit] = /\bSTORAGE (\d+) (\d+)/i.exec(rest) ?? []
      // Kibibytes.
      if (limit !== undefined) left.push(Math.max(0, Number(limit) - Number(used)) * 1024)
      return true
    },
  }
  const tagged = await wire.send(command).answer
  return tagged.status === 'OK' && left.length > 0 ? Math.min(...left) : undefined
}
