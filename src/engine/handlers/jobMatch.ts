import { MailferryError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import { findCalled } from '../../domain/mailboxKey.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { addPairs } from '../../ledger/editPairs.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { listPairs } from '../../ledger/pairs.ts'
import { matchListed } from '../../migration/rules/matchListed.ts'
import { matchMailboxes } from '../../migration/rules/matchMailboxes.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { MailServer } from '../../servers/mailServer.ts'
import type { EngineContext } from '../context.ts'
import { openJobServers } from '../jobServers.ts'
import { readMailboxList } from '../mailboxList.ts'
import { readPairLines } from '../plan/pairsCsv.ts'

type Matched = readonly { readonly source: Mailbox; readonly target: Mailbox }[]

/**
 * Matches the mailboxes that the two servers list, one to one by local part, display name or a person's list; with `add` those that aren't in the job yet
 * become pairs of it. IMAP lists no mailboxes by itself: there they are those that the secret's CSV has sign-ins for. An administrator's export (`sourceList`,
 * `targetList`) stands in for what a server lists: Exchange can't tell which mailboxes it has.
 */
export const jobMatch: Handler<'job.match', EngineContext> = async (context, { name, by, add, sourceList, targetList }, call) => {
  const { ledger } = context
  const job = await findJob(ledger.db, name)
  await using servers = await openJobServers(context, job, call.emit)
  const [sources, targets] = await Promise.all([
    sourceList === undefined ? listed(servers.source, call.signal) : readMailboxList(sourceList),
    targetList === undefined ? listed(servers.target, call.signal) : readMailboxList(targetList),
  ])
  const { pairs, unmatched, ambiguous, unused } =
    typeof by === 'string' ? matchMailboxes(sources, targets, by) : { ...nothingLeft, pairs: await matchedByCsv(by.csv, sources, targets) }
  const missing = await notYetPairs(ledger, job, pairs)
  const added = add ? missing.length : 0
  if (added > 0) {
    await ledger.write(async tx =>
      addPairs(
        tx,
        job.id,
        missing.map(pair => ({ ...pair, priority: 0 })),
      ),
    )
  }
  return { pairs, unmatched, ambiguous, unused, added }
}

const nothingLeft = { unmatched: [], ambiguous: [], unused: [] }

/** The pairs of a person's list; a server that lists no mailboxes is taken at the list's word. Throws `csv.invalid`. */
async function matchedByCsv(file: string, sources: readonly Mailbox[], targets: readonly Mailbox[]): Promise<Matched> {
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

/** Without those whose source or target the job has already. */
async function notYetPairs({ db }: Ledger, job: Job, pairs: Matched): Promise<Matched> {
  const known = await listPairs(db, job.id)
  const sources = known.map(({ source }) => source)
  const targets = known.map(({ target }) => target)
  const isOf = (mailboxes: readonly Mailbox[], one: Mailbox): boolean => findCalled(mailboxes, mailbox => mailbox, one) !== undefined
  return pairs.filter(({ source, target }) => !isOf(sources, source) && !isOf(targets, target))
}
