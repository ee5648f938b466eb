import type { FolderStatus } from './folders.ts'
import { idOfWireName } from './names.ts'
import type { SessionContext } from './sessionContext.ts'
import { mailboxArgument, unquoted } from './wire/mailboxArgument.ts'
import type { Wire } from './wire/wire.ts'

/** Asks for the status of many folders at once (RFC 3501 6.3.10). A folder whose status can't be had is undefined. */
export async function statuses(context: SessionContext, ids: readonly string[]): Promise<readonly (FolderStatus | undefined)[]> {
  if (ids.length === 0) return []
  const wire = await context.pool.wire()
  return Promise.all(ids.map(id => statusOf(context, wire, id)))
}

/** One folder's status, or undefined where it can't be had. */
export async function statusOf({ capabilities }: SessionContext, wire: Wire, id: string): Promise<FolderStatus | undefined> {
  const values = await statusItems(wire, id, [
    'MESSAGES',
    'UIDNEXT',
    'UIDVALIDITY',
    ...(capabilities.has('CONDSTORE') ? ['HIGHESTMODSEQ'] : []),
  ])
  const messages = values?.get('MESSAGES')
  const uidValidity = values?.get('UIDVALIDITY')
  const uidNext = values?.get('UIDNEXT')
  const modseq = values?.get('HIGHESTMODSEQ')
  if (messages === undefined || uidValidity === undefined) return undefined
  return {
    messages: Number(messages),
    uidValidity,
    ...(uidNext !== undefined && { uidNext: Number(uidNext) }),
    ...(modseq !== undefined && { modseq }),
  }
}

/** STATUS items by name, as text; undefined where the server refused. */
export async function statusItems(wire: Wire, id: string, items: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
  const own = await ask(wire, id, items, rest => idIn(rest, wire.utf8) === id)
  // Some servers answer with the name in another spelling; then the order has to tell whose answer it is.
  return own?.size === 0 ? ask(wire, id, items, () => true) : own
}

async function ask(
  wire: Wire,
  id: string,
  items: readonly string[],
  isOurs: (rest: string) => boolean,
): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map<string, string>()
  const command = {
    name: 'STATUS',
    text: `STATUS ${mailboxArgument(id, wire.utf8)} (${items.join(' ')})`,
    data(kind: string, _number: number, rest: string) {
      if (kind !== 'STATUS' || values.size > 0 || !isOurs(rest)) return false
      const list = /\(((?:[^()"]|\([^()]*\))*)\)\s*$/.exec(rest)?.[1] ?? ''
      for (const [, name = '', value = ''] of list.matchAll(/([^\s()]+) (\([^)]*\)|[^\s()]+)/g)) {
        values.set(name.toUpperCase(), value.replace(/[()]/g, ''))
      }
      return true
    },
  }
  const tagged = await wire.send(command).answer
  if (tagged.status === 'OK') return values
  const refusal = wire.refusal(command, tagged)
  if (refusal.remedy !== 'permanent') throw refusal
  return undefined
}

/** The folder a STATUS response is about. */
const idIn = (rest: string, utf8: boolean): string => idOfWireName(unquoted(/^("(?:\\.|[^"\\])*"|\S+)/s.exec(rest)?.[1] ?? ''), utf8)
