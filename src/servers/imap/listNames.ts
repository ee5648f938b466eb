import { isError } from '../../domain/errors.ts'
import { idOfWireName } from './names.ts'
import type { SessionContext } from './sessionContext.ts'
import { unquoted } from './wire/mailboxArgument.ts'
import type { Wire } from './wire/wire.ts'

export interface Names {
  /** Ids of all folders the server lists. */
  readonly all: ReadonlySet<string>
  readonly subscribed: ReadonlySet<string>
}

/** The names LIST and LSUB give (RFC 3501 6.3.8, 6.3.9): whether folders came, went or were subscribed to since they were listed in full. */
export async function listNames({ pool }: SessionContext): Promise<Names> {
  const wire = await pool.wire()
  const [all, subscribed] = await Promise.all([names(wire, 'LIST'), names(wire, 'LSUB')])
  return { all, subscribed }
}

/** Whether INBOX is subscribed to, which imapflow takes for granted. So does this where the server has no LSUB. */
export async function isInboxSubscribed({ pool }: SessionContext): Promise<boolean> {
  const wire = await pool.wire()
  try {
    return (await names(wire, 'LSUB', 'INBOX')).has('INBOX')
  } catch (error) {
    if (isError(error, 'server.refused')) return true
    throw error
  }
}

async function names(wire: Wire, name: 'LIST' | 'LSUB', pattern = '*'): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const command = {
    name,
    text: `${name} "" "${pattern}"`,
    data(kind: string, _number: number, rest: string) {
      if (kind !== name) return false
      const [, attributes = '', listed] = /^\(([^)]*)\) (?:NIL|"(?:\\.|[^"\\])*") (.+)$/is.exec(rest) ?? []
      // LSUB names what isn't subscribed to itself when something below it is (RFC 3501 6.3.9).
      if (listed !== undefined && !(name === 'LSUB' && /\\noselect/i.test(attributes))) found.add(idOfWireName(unquoted(listed), wire.utf8))
      return true
    },
  }
  const tagged = await wire.send(command).answer
  if (tagged.status !== 'OK') throw wire.refusal(command, tagged)
  return found
}
