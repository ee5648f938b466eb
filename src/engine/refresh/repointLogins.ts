import { asMailferryError } from '../../domain/asMailferryError.ts'
import { isError, MailferryError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import { isCalled } from '../../domain/mailboxKey.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Side } from '../../ledger/pairMailboxes.ts'
import type { PairRow } from '../../ledger/rows.ts'
import type { Refreshed } from '../../migration/refreshAddresses.ts'
import { isSameLogin } from '../../migration/sameLogin.ts'
import { readCsv } from '../../rpc/csv.ts'
import type { MailServer } from '../../servers/mailServer.ts'
import { readText } from '../readText.ts'

interface Login {
  readonly line: number
  readonly old: string
  readonly now: string
}

/** Reads logins that changed, old and new. Throws `file.unreadable`, `csv.invalid`, also for one that is listed twice. */
export async function readLogins(file: string): Promise<Login[]> {
  const logins = readCsv(file, await readText(file), { needed: ['old', 'new'] }).map(({ line, fields }) => ({
    line,
    old: fields.old.trim(),
    now: fields.new.trim(),
  }))
  const problems = logins.flatMap(({ line, old, now }, index) => {
    const earlier = logins
      .slice(0, index)
      .find(other => isCalled({ address: other.old }, { address: old }) || isCalled({ address: other.now }, { address: now }))
    return earlier === undefined ? [] : [{ line, message: `“${old}” or “${now}” is listed in line ${earlier.line} already` }]
  })
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  return logins
}

/**
 * Opens every mailbox that has one of the old logins under its new one, and compares it with what the ledger knows of it. Writes nothing. Throws `csv.invalid` for a
 * login that no pair has.
 */
export async function* repointLogins(
  { db }: Ledger,
  { file, job, logins }: { readonly file: string; readonly job: Job; readonly logins: readonly Login[] },
  servers: Readonly<Record<Side, MailServer>>,
  pairs: readonly PairRow[],
  signal: AbortSignal,
): AsyncGenerator<Refreshed> {
  const meant = logins.map(login => ({ login, sides: sidesCalled(pairs, login.old) }))
  const problems = meant
    .filter(({ sides }) => sides.length === 0)
    .map(({ login }) => ({ line: login.line, message: `the job “${job.name}” has no mailbox “${login.old}”` }))
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  for (const { login, sides } of meant) for (const one of sides) yield await prove(one, login.now)

  async function prove({ pair, side }: PairSide, now: string): Promise<Refreshed> {
    try {
      await using session = await servers[side].open({ address: now }, { signal, connections: 1 })
      const same = await isSameLogin(db, pair, side, session, signal)
      return same ? { pair, side, outcome: 'found', mailbox: { address: now } } : { pair, side, outcome: 'notFound' }
    } catch (error) {
      signal.throwIfAborted()
      if (isError(error, 'mailbox.notFound')) return { pair, side, outcome: 'notFound' }
      return { pair, side, outcome: 'failed', error: asMailferryError(error) }
    }
  }
}

interface PairSide {
  readonly pair: PairRow
  readonly side: Side
}

/** Only mailboxes without an immutable id are known by their login. */
const sidesCalled = (pairs: readonly PairRow[], login: string): PairSide[] =>
  pairs.flatMap(pair =>
    (['source', 'target'] as const)
      .filter(side => pair[side].id === undefined && isCalled({ address: pair[side].address }, { address: login }))
      .map(side => ({ pair, side })),
  )
