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
  /** Both sides that have the old login, unless said. */
  readonly side?: Side
}

/** Reads logins that changed, from a CSV with the header `old,new,side`. Throws `file.unreadable`, `csv.invalid`, also for one that is listed twice. */
export async function readLogins(file: string): Promise<Login[]> {
  const logins: Login[] = []
  const problems: { line: number; message: string }[] = []
  for (const { line, fields } of readCsv(file, await readText(file), { needed: ['old', 'new'], optional: ['side'] })) {
    const [old, now, side] = [fields.old.trim(), fields.new.trim(), fields.side?.trim().toLowerCase()]
    if (side !== undefined && side !== 'source' && side !== 'target') {
      problems.push({ line, message: 'side is neither source nor target' })
      continue
    }
    const login: Login = { line, old, now, ...(side === undefined ? {} : { side }) }
    const earlier = logins.find(other => isSameRow(other, login))
    if (earlier !== undefined) problems.push({ line, message: `“${old}” or “${now}” is listed in line ${earlier.line} already` })
    logins.push(login)
  }
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  return logins
}

const isSameRow = (a: Login, b: Login): boolean =>
  (a.side === undefined || b.side === undefined || a.side === b.side) &&
  (isCalled({ address: a.old }, { address: b.old }) || isCalled({ address: a.now }, { address: b.now }))

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
  const meant = logins.map(login => ({ login, sides: sidesCalled(pairs, login) }))
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
const sidesCalled = (pairs: readonly PairRow[], { old, side: only }: Login): PairSide[] =>
  pairs.flatMap(pair =>
    (['source', 'target'] as const)
      .filter(side => (only ?? side) === side && pair[side].id === undefined && isCalled({ address: pair[side].address }, { address: old }))
      .map(side => ({ pair, side })),
  )
