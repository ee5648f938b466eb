import { MailferryError } from '../../domain/errors.ts'
import type { ItemKey } from '../../domain/mail.ts'
import type { Folder, Placed, WriteOptions } from '../mailServer.ts'
import { existing } from './existing.ts'
import { expunge } from './expunge.ts'
import { asUid, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { type FolderCommand, inFolder, type OpenFolder } from './wire/inFolder.ts'
import { mailboxArgument } from './wire/mailboxArgument.ts'
import type { Status } from './wire/status.ts'
import { ascendingRuns, formatUidSet, parseUidSet } from './wire/uidSet.ts'

const uidsPerCommand = 500

/**
 * Moves messages (MOVE, RFC 6851; else COPY, and the originals are only removed when that succeeded). Answers old UID → new UID, which is
 * absent where the server doesn't tell (no UIDPLUS, RFC 4315); those that are gone are left out.
 */
export async function move(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  to: Folder,
  options: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(options.signal, 'moving')
  const moved = new Map<ItemKey, Placed>()
  if (keys.length === 0) return moved
  const open = await inFolder(context, folder, { writable: true, notBefore: performance.now() })
  const uids = await existing(open, keys.map(asUid))
  const moves = context.capabilities.has('MOVE')
  for (const run of ascendingRuns(uids, uidsPerCommand)) {
    throwIfStopped(options.signal, 'moving')
    const mapping = await transfer(open, moves ? 'UID MOVE' : 'UID COPY', run, to, options)
    if (!moves) await expunge(context, open, run, options)
    for (const uid of run) {
      // Where the server gave a mapping, what isn't in it went meanwhile.
      const key = mapping?.get(uid)
      if (key !== undefined) moved.set(uid, { key })
      else if (!mapping) moved.set(uid, {})
    }
  }
  return moved
}

/** Throws when it is refused as a whole. */
async function transfer(
  open: OpenFolder,
  name: string,
  uids: readonly number[],
  to: Folder,
  { deadline }: WriteOptions,
): Promise<Map<number, number> | undefined> {
  const wanted = new Set(uids)
  let mapping: Map<number, number> | undefined
  // MOVE tells it in an untagged OK, before the messages disappear (RFC 6851 4.3); COPY in its answer.
  const learn = ({ code, args }: Status) => {
    const pairs = code === 'COPYUID' ? copyUid(args, to) : undefined
    if (!pairs?.every(([source]) => wanted.has(source))) return false
    mapping = new Map([...(mapping ?? []), ...pairs])
    return true
  }
  const { wire } = open
  const command: FolderCommand = {
    name,
    text: `${name} ${formatUidSet(uids)} ${mailboxArgument(to.id, wire.utf8)}`,
    deadline,
    note: learn,
    answered: learn,
    weight: 1 + uids.length / 50,
  }
  const tagged = await open.send(command).answer
  if (tagged.status === 'OK' || mapping) return mapping
  throw tagged.code === 'TRYCREATE' ? new MailferryError('folder.gone', { folder: to.path.join('/') }) : wire.refusal(command, tagged, to)
}

/** `COPYUID uidvalidity sources destinations`; undefined where it speaks of another folder than `to` was. */
function copyUid(args: string, to: Folder): (readonly [number, number])[] | undefined {
  const [validity, from = '', into = ''] = args.split(' ')
  const sources = parseUidSet(from)
  const destinations = parseUidSet(into)
  if (validity !== to.validity || sources?.length !== destinations?.length) return undefined
  return (sources ?? []).flatMap((source, index) => {
    const destination = destinations?.[index]
    return destination === undefined ? [] : [[source, destination] as const]
  })
}
