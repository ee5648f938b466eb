import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import type { Folder, Placed } from '../servers/mailServer.ts'
import type { Shared } from './folderTask.ts'
import { carriedFlags, sameFlags } from './rules/flags.ts'
import type { Move } from './rules/recogniseMoves.ts'
import type { SettledDelta } from './rules/respectTarget.ts'

/**
 * Moves on the target what was moved on the source. The arrival is recorded as intended before, in the folder it goes to: a run that ends between
 * the move and its record finds the item there instead of writing it a second time; in the whole folder where a moved item keeps the time of its making.
 */
export async function applyMoves(
  shared: Shared,
  places: ReadonlyMap<number, Folder>,
  moves: readonly Move[],
  follows: SettledDelta['follows'],
): Promise<void> {
  const { run } = shared
  for (const group of grouped(moves)) {
    if (shared.stopping.aborted) return
    await moveGroup(shared, places, group)
  }
  for (const { from, to, members } of grouped(follows)) {
    await run.writer.commit([
      withoutRowsBefore(to, members),
      {
        kind: 'move',
        from,
        to,
        items: members.map(({ row, to, targetKey }) => ({ ...followed(row, to.item), newTargetKey: targetKey })),
      },
    ])
  }
}

/** What stood there of an item that comes back gives way: the row that moves knows more. */
const withoutRowsBefore = (folder: number, members: readonly Move[]): Change => ({
  kind: 'forget',
  folder,
  keys: members.flatMap(({ to }) => (to.before === undefined ? [] : [to.item.key])),
})

async function moveGroup(
  { run, target, signal }: Shared,
  places: ReadonlyMap<number, Folder>,
  { from, to, members }: Group<Move>,
): Promise<void> {
  const [here, there] = [places.get(from), places.get(to)]
  if (!here || !there) return
  const options = { signal, deadline: () => run.writer.deadline() }
  const includeDeleted = run.job.settings.filters.includeDeleted ?? false
  const located = members.flatMap(({ row, to }) =>
    row.targetKey === undefined
      ? []
      : [{ row, item: { ...to.item, flags: carriedFlags(to.item.flags, includeDeleted) }, targetKey: row.targetKey }],
  )
  const next = target.traits.movesAsNew ? there.next : 'anywhere'
  await run.writer.commit([withoutRowsBefore(to, members), { kind: 'intend', folder: to, items: located.map(({ item }) => item), next }])
  const keys = await target.move(
    here,
    located.map(({ targetKey }) => targetKey),
    there,
    options,
  )
  const moved = located.filter(({ targetKey }) => keys.has(targetKey))
  const stayed = located.filter(({ targetKey }) => !keys.has(targetKey))

  const reflagged = moved.flatMap(({ row, item, targetKey }) => {
    const key = keys.get(targetKey)?.key
    return key === undefined || sameFlags(row.flags, item.flags) ? [] : [{ key, flags: item.flags }]
  })
  const set = reflagged.length > 0 ? await target.setFlags(there, reflagged, options) : new Map<ItemKey, Placed>()
  const changes: Change[] = [
    {
      kind: 'move',
      from,
      to,
      items: moved.map(({ row, item, targetKey }) => {
        const place = keys.get(targetKey)
        const reset = place?.key === undefined ? undefined : set.get(place.key)
        const version = reset?.version ?? place?.version
        const { targetVersion: _targetVersion, ...rest } = followed(row, item)
        return {
          ...rest,
          newTargetKey: place?.key,
          ...(reset && { flags: item.flags, targetFlags: reset.flags }),
          ...(version !== undefined && { targetVersion: version }),
        }
      }),
    },
  ]
  // Gone in the very moment: a person took it, so the row follows without it.
  if (stayed.length > 0)
    changes.push({
      kind: 'move',
      from,
      to,
      items: stayed.map(({ row, item }) => ({ ...followed(row, item), newTargetKey: undefined })),
    })
  await run.writer.commit([...changes, { kind: 'resolved', folder: to }])
}

/** The row under its item's new key, as it was otherwise. */
const followed = ({ key, flags, targetFlags, targetVersion }: ItemRow, { key: newKey, version }: ItemInfo) => ({
  key,
  newKey,
  flags,
  ...(targetFlags && { targetFlags }),
  ...(version !== undefined && { version }),
  ...(targetVersion !== undefined && { targetVersion }),
})

interface Group<Member> {
  readonly from: number
  readonly to: number
  readonly members: Member[]
}

function grouped<Member extends Move>(moves: readonly Member[]): Group<Member>[] {
  const groups = new Map<string, Group<Member>>()
  for (const move of moves) {
    const [from, to] = [move.row.folder, move.to.folder]
    const key = `${from} ${to}`
    const group = groups.get(key) ?? { from, to, members: [] }
    group.members.push(move)
    groups.set(key, group)
  }
  return [...groups.values()]
}
