import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exchangeSide as startExchange } from '../../src/sandbox/sides/exchangeSide.ts'
import { mailPermissions, type Office365Side, office365Side as startOffice365 } from '../../src/sandbox/sides/office365Side.ts'
import type { StartSide } from '../../src/sandbox/sides/side.ts'
import { type Sandbox, type SandboxSide, startWorld } from '../../src/sandbox/world.ts'
import type { Direction, Kind } from './direction.ts'
import { exchangeSide } from './exchangeSide.ts'
import { startImapSide } from './imapSide.ts'
import { office365Side } from './office365Side.ts'
import type { Side } from './side.ts'

type Organisation = SandboxSide | Office365Side

/** Two organisations of the sandbox, of which one may be nobody's. */
export type World = Sandbox<Organisation, Organisation>

interface Sides {
  readonly source: Side
  readonly target: Side
  readonly world: World | undefined
}

/** The servers of a direction, owned by `owned`. */
export async function startSides(direction: Direction, dir: string, owned: AsyncDisposableStack): Promise<Sides> {
  const isImap = direction.from === 'IMAP' && direction.to === 'IMAP'
  const world = isImap
    ? undefined
    : owned.use(await startWorld({ people: 2 }, organisation(direction, 'from'), organisation(direction, 'to')))
  const caFile = join(dir, 'ca.pem')
  if (world) writeFileSync(caFile, world.caCert)
  const side = async (kind: Kind, role: 'leaving' | 'receiving'): Promise<Side> => {
    const there = kind === 'IMAP' ? undefined : world?.[role]
    if (there) return there.kind === 'office365' ? office365Side(there, caFile, direction) : exchangeSide(there, direction)
    const bare = role === 'receiving' && direction.withoutExtensions
    return owned.use(await startImapSide(bare ? { capability: 'IMAP4rev1' } : {}))
  }
  return { source: await side(direction.from, 'leaving'), target: await side(direction.to, 'receiving'), world }
}

function organisation(direction: Direction, end: 'from' | 'to'): StartSide<Organisation> {
  if (direction[end] === 'Office 365') return startOffice365(direction.withoutStream && { permissions: mailPermissions })
  if (end === 'to') return startExchange()
  return startExchange({
    organisation: {
      ...(direction.withoutStream && { release: 'Exchange2010' as const }),
      ...(direction.composesAnew && { regenerateMime: true }),
    },
  })
}
