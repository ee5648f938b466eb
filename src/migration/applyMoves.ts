import type { Change } from '../ledger/rows.ts'
import type { Folder } from '../servers/mailServer.ts'
import type { Shared } from './folderTask.ts'
import { carriedFlags, sameFlags } from './rules/flags.ts'
import type { Move } from './rules/recogniseMoves.ts'
import type { SettledDelta } from './rules/respectTarget.ts'

/**
 * Moves on the target what was moved on the source. The arrival is recorded as intended before, in the folder it goes to: a run that ends between
 * the move and its record finds the item there instead of writing it a second time.
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
      {
        kind: 'move',
        from,
        to,
        items: members.map(({ row, to, targetKey }) => ({ key: row.key, newKey: to.item.key, newTargetKey: targetKey, flags: row.flags })),
      },
    ])
  }
}

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
  await run.writer.commit([{ kind: 'intend', folder: to, items: located.map(({ item }) => item), next: there.next }])
  const keys = await target.move(
    here,
    located.map(({ targetKey }) => targetKey),
    there,
    options,
  )
  const moved = located.filter(({ targetKey }) => keys.has(targetKey))
  const stayed = located.filter(({ targetKey }) => !keys.has(targetKey))

  const reflagged = moved.flatMap(({ row, item, targetKey }) => {
    const key = keys.get(targetKey)
    return key === undefined || sameFlags(row.flags, item.flags) ? [] : [{ key, flags: item.flags }]
  })
  const set = reflagged.length > 0 ? await target.setFlags(there, reflagged, options) : new Set()
  const changes: Change[] = [
    {
      kind: 'move',
      from,
      to,
      items: moved.map(({ row, item, targetKey }) => {
        const newTargetKey = keys.get(targetKey)
        return {
          key: row.key,
          newKey: item.key,
          newTargetKey,
          flags: newTargetKey !== undefined && set.has(newTargetKey) ? item.flags : row.flags,
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
      items: stayed.map(({ row, item }) => ({ key: row.key, newKey: item.key, newTargetKey: undefined, flags: row.flags })),
    })
  await run.writer.commit([...changes, { kind: 'resolved', folder: to }])
}

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
