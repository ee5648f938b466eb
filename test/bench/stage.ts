import { changeFlags, deliver } from '../support/corpus/changes.ts'
import { corpus } from '../support/corpus.ts'
import { startDovecot } from '../support/dovecot.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { type MailboxSnapshot, snapshot } from '../support/snapshot.ts'
import { tempDir } from '../support/tempDir.ts'
import { type CopierName, copiers } from './copiers.ts'
import { beginCopy, type Copy } from './copy.ts'
import type { Work } from './works.ts'

const user = 'source'
const password = 'bench'

/** Two servers, a seeded mailbox on one, and on the other a fresh mailbox for every copy. */
export interface Stage extends AsyncDisposable {
  /** An empty target mailbox and a copier configured for it. */
  begin(copier: CopierName, way: 'direct' | 'counted'): Promise<Copy>
  /** So many new messages and as many changes of flags on the source. */
  change(count: number): Promise<void>
  original(): Promise<MailboxSnapshot>
}

/** `stateParent` is where copiers keep their state: a real disk, for durability has its price. */
export async function makeStage(work: Work, stateParent: string, connections: number): Promise<Stage> {
  await using owned = new AsyncDisposableStack()
  const source = owned.use(await startDovecot({ users: { [user]: password } }))
  const target = owned.use(await startDovecot({ anyUser: password }))
  const states = owned.use(tempDir(stateParent))
  await seedMailbox(source, user, corpus({ seed: 1, messages: work.messages, sizes: work.sizes }))
  const kept = owned.move()
  let changes = 0
  let copies = 0
  let original: MailboxSnapshot | undefined
  return {
    begin: (copier, way) =>
      beginCopy(copiers[copier], {
        source,
        target,
        from: { user, password },
        to: { user: `${copier}-${++copies}`, password },
        stateParent: states.path,
        roundTripMs: work.roundTripMs ?? (way === 'counted' ? 0 : undefined),
        connections,
      }),
    async change(count) {
      await deliver(source, user, { seed: 1000 + changes, messages: count })
      await changeFlags(source, user, { count, round: changes++ })
      original = undefined
    },
    async original() {
      original ??= await snapshot(source, user)
      return original
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
