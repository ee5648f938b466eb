import type { Job } from '../../../src/domain/job.ts'
import type { ItemInfo } from '../../../src/domain/mail.ts'
import type { StoredError } from '../../../src/domain/pair.ts'
import { releasePair } from '../../../src/ledger/leases.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openPairWriter } from '../../../src/ledger/openPairWriter.ts'
import type { FolderRow } from '../../../src/ledger/rows.ts'
import { claim, engineOf, freshLedger, startedJob } from '../../ledger/support.ts'

export interface Sample extends AsyncDisposable {
  readonly ledger: Ledger
  readonly job: Job
}

const mails = (from: number, count: number, size: number, flags: readonly string[] = []): ItemInfo[] =>
  Array.from({ length: count }, (_, at) => ({
    key: from + at,
    size: size + ((at * 7919) % 30_000),
    received: Date.parse('2019-03-04T05:06:07Z') + at * 7_200_000,
    flags,
  }))

/** A job of three mailboxes: one all well, one with everything that can befall an item, one that failed as a whole. */
export async function sampleJob({ trouble = true, size = 300 }: { trouble?: boolean; size?: number } = {}): Promise<Sample> {
  const fresh = await freshLedger()
  const { ledger } = fresh
  const job = await startedJob(ledger, trouble ? ['ann@example.org', '=bob@example.org', 'carla@example.org'] : ['ann@example.org'], {
    filters: { receivedFrom: '2015-01-01', excludeFolders: ['Spam'], itemTypes: ['mail', 'calendar'] },
  })
  const engine = await engineOf(ledger)
  await fill(ledger, engine, async (add, verify) => {
    const inbox = await add(['INBOX'], ['INBOX'])
    await verify(inbox, mails(1, size, 9000))
    await verify(await add(['Gesendet'], ['Sent']), mails(1, 80, 20_000))
    await verify(await add(['Projekte', 'A/B "<i>&amp;'], ['Projekte', 'A_B']), mails(1, 12, 70_000))
  })
  if (!trouble) return { ledger, job, [Symbol.asyncDispose]: fresh[Symbol.asyncDispose] }

  await fill(
    ledger,
    engine,
    async (add, verify, writer) => {
      const inbox = await add(['INBOX'], ['INBOX'])
      await verify(inbox, mails(1, 150, 9000))
      const error = (code: 'item.tooLarge', params: { size: number; limit: number }): StoredError => ({ code, params })
      const large = mails(1000, 3, 60_000_000).map(item => ({
        ...item,
        error: error('item.tooLarge', { size: item.size, limit: 52_428_800 }),
      }))
      await writer.commit([
        { kind: 'fail', folder: inbox.id, items: large },
        { kind: 'filter', folder: inbox.id, items: mails(2000, 40, 4000).map(item => ({ ...item, reason: 'tooOld' as const })) },
        { kind: 'intend', folder: inbox.id, items: mails(3000, 2, 5000), next: 7 },
        { kind: 'adopt', folder: inbox.id, items: mails(4000, 5, 5000).map(item => ({ ...item, targetKey: item.key })) },
      ])
      await writer.commit([{ kind: 'intend', folder: inbox.id, items: mails(5000, 4, 5000, ['$label1', '\\Seen']), next: 7 }])
      await writer.commit([
        {
          kind: 'done',
          folder: inbox.id,
          items: [5000, 5001]
            .map(key => ({ key, targetKey: key, targetFlags: ['\\Seen'] }))
            .concat([5002, 5003].map(key => ({ key, targetKey: key, targetFlags: ['$label1', '\\Seen'] }))),
        },
        { kind: 'verified', folder: inbox.id, keys: [5000, 5001, 5002] },
        { kind: 'gone', folder: inbox.id, keys: [1, 2], state: 'orphaned' },
      ])
      const [spam, odd] = await writer.saveFolders([
        { sourceId: 'Spam', sourcePath: ['Spam'], sourceValidity: '1', excluded: 'folderExcluded' },
        {
          sourceId: '=cmd()',
          sourcePath: ['=cmd()', 'a, "quoted" name'],
          sourceValidity: '1',
          targetPath: ['_cmd()'],
          error: { code: 'folder.refused', params: { folder: '=cmd()', response: 'NO Invalid mailbox name' } },
        },
      ])
      if (spam === undefined || odd === undefined) throw new Error('no folders came back')
      const refused: StoredError = { code: 'item.rejected', params: { response: 'NO Message contains NUL characters' } }
      await writer.commit([{ kind: 'fail', folder: odd.id, items: mails(1, 2, 800).map(item => ({ ...item, error: refused })) }])
    },
    { state: 'completedWithDifferences', at: '2026-11-23T08:30:00.000Z', differences: 9 },
  )
  await fill(ledger, engine, async () => undefined, {
    state: 'failed',
    error: { code: 'mailbox.full', params: { mailbox: 'carla@example.org', response: 'NO [OVERQUOTA] Quota exceeded' } },
  })
  return { ledger, job, [Symbol.asyncDispose]: fresh[Symbol.asyncDispose] }
}

type Add = (source: readonly string[], target: readonly string[]) => Promise<FolderRow>
type Verify = (folder: FolderRow, items: readonly ItemInfo[]) => Promise<void>

async function fill(
  ledger: Ledger,
  engine: Awaited<ReturnType<typeof engineOf>>,
  work: (add: Add, verify: Verify, writer: ReturnType<typeof openPairWriter>) => Promise<unknown>,
  state: Parameters<typeof releasePair>[2] = { state: 'completed', at: '2026-11-23T08:29:00.000Z' },
): Promise<void> {
  const lease = await claim(ledger, engine)
  const writer = openPairWriter(ledger, lease)
  const add: Add = async (source, target) => {
    const [folder] = await writer.saveFolders([
      {
        sourceId: source.join(),
        sourcePath: source,
        sourceValidity: '1',
        targetId: target.join(),
        targetPath: target,
        targetValidity: '2',
      },
    ])
    if (folder === undefined) throw new Error('no folder came back')
    return folder
  }
  const verify: Verify = async (folder, items) => {
    await writer.commit([{ kind: 'intend', folder: folder.id, items, next: 1 }])
    await writer.commit([
      { kind: 'done', folder: folder.id, items: items.map(({ key }) => ({ key, targetKey: key })) },
      { kind: 'verified', folder: folder.id, keys: items.map(({ key }) => key) },
    ])
  }
  await work(add, verify, writer)
  await writer[Symbol.asyncDispose]()
  await releasePair(ledger, lease, state)
}
