import { mailboxNames } from '../../domain/mailboxKey.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { addX500Script, withoutX500Text, type X500Pair, x500Pairs } from '../../domain/powershell/addX500.ts'
import { findConnection } from '../../ledger/connections.ts'
import { findJob } from '../../ledger/jobs.ts'
import { byteOrderMark, row } from '../../migration/report/csvRow.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'
import { readMailboxList } from '../mailboxList.ts'

/** By which addresses replies to old mail find the new mailboxes, as a script and as CSV, from the ledger and a list. Asks no server. Throws `csv.invalid`. */
export const jobX500: Handler<'job.x500', EngineContext> = async ({ ledger: { db } }, { name, mailboxes, sourceList }) => {
  const job = await findJob(db, name)
  const kinds = {
    source: (await findConnection(db, job.source)).settings.kind,
    target: (await findConnection(db, job.target)).settings.kind,
  }
  const list = sourceList === undefined ? [] : await readMailboxList(sourceList)
  const listed = new Map(list.flatMap(one => mailboxNames(one).map(called => [called, one] as const)))
  const known = (await chosenPairs(db, job, mailboxes)).map(({ source, target }) => ({ source: withListed(source, listed), target }))
  const pairs = x500Pairs(known, kinds)
  const some = pairs.some(pair => 'x500' in pair)
  return {
    job: job.name,
    csv: csvOf(pairs),
    pairs,
    ...(some && kinds.target !== 'imap' ? { script: addX500Script(job.name, pairs, kinds.target) } : {}),
  }
}

function withListed(source: Mailbox, listed: ReadonlyMap<string, Mailbox>): Mailbox {
  if (source.legacyExchangeDN !== undefined) return source
  const named = mailboxNames(source).flatMap(called => listed.get(called) ?? [])
  const { legacyExchangeDN } = named[0] ?? {}
  return legacyExchangeDN === undefined ? source : { ...source, legacyExchangeDN }
}

const csvOf = (pairs: readonly X500Pair[]): string =>
  byteOrderMark +
  [
    row(['source', 'target', 'x500', 'without']),
    ...pairs.map(pair =>
      'x500' in pair
        ? row([pair.source.address, pair.target.address, pair.x500, undefined])
        : row([pair.source.address, pair.target.address, undefined, withoutX500Text[pair.without]]),
    ),
  ].join('')
