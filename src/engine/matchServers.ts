import { MailferryError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { Mailbox } from '../domain/pair.ts'
import { matchListed } from '../migration/rules/matchListed.ts'
import { type MatchedMailboxes, matchMailboxes } from '../migration/rules/matchMailboxes.ts'
import type { Call, Params } from '../rpc/protocol.ts'
import type { MailServer } from '../servers/mailServer.ts'
import type { EngineContext } from './context.ts'
import { openJobServers } from './jobServers.ts'
import { readMailboxList } from './mailboxList.ts'
import { readPairLines } from './plan/pairsCsv.ts'

export type HowToMatch = Pick<Params<'job.match'>, 'by' | 'sourceList' | 'targetList'>

/**
 * Matches the mailboxes that two servers list, one to one by local part, display name or a person's list. IMAP lists no mailboxes by itself: there they are
 * those that the secret's CSV has sign-ins for. An administrator's export (`sourceList`, `targetList`) stands in for what a server lists: Exchange can't tell
 * which mailboxes it has. Throws `csv.invalid`, `file.unreadable`, and what asking the servers throws.
 */
export async function matchServers(
  context: EngineContext,
  sides: Pick<Job, 'source' | 'target'>,
  { by, sourceList, targetList }: HowToMatch,
  call: Call,
): Promise<MatchedMailboxes> {
  await using servers = await openJobServers(context, sides, call.emit)
  const [sources, targets] = await Promise.all([
    sourceList === undefined ? listed(servers.source, call.signal) : readMailboxList(sourceList),
    targetList === undefined ? listed(servers.target, call.signal) : readMailboxList(targetList),
  ])
  if (typeof by === 'string') return matchMailboxes(sources, targets, by)
  return { unmatched: [], ambiguous: [], unused: [], pairs: await matchedByCsv(by.csv, sources, targets) }
}

/** The pairs of a person's list; a server that lists no mailboxes is taken at the list's word. Throws `csv.invalid`. */
async function matchedByCsv(file: string, sources: readonly Mailbox[], targets: readonly Mailbox[]): Promise<MatchedMailboxes['pairs']> {
  const rows = await readPairLines(file)
  const { pairs, problems } = matchListed(rows, sources.length > 0 ? sources : undefined, targets.length > 0 ? targets : undefined)
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems: [...problems] })
  return pairs
}

async function listed(server: MailServer, signal: AbortSignal): Promise<Mailbox[]> {
  const all: Mailbox[] = []
  for await (const page of server.mailboxes(signal)) all.push(...page)
  return all
}
