import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import type { DovecotOptions } from '../support/dovecotConfig.ts'
import { viewOfImap } from '../support/exchangeMigration.ts'
import { openRaw, seedMailbox } from '../support/mailbox.ts'
import type { Proxy as Line } from '../support/proxy.ts'
import type { Random } from '../support/random.ts'
import type { Held, Side } from './side.ts'

const users = { anna: 'secret', ben: 'secret' }

/** A Dovecot with two mailboxes. */
export async function startImapSide(options: Partial<DovecotOptions>): Promise<Side> {
  const server = await startDovecot({ users, ...options })
  const addresses = Object.keys(users)
  let line: Line | undefined
  const nameOf = (index: number): string => addresses[index] ?? ''
  return {
    server,
    addresses,
    async connect(openLine) {
      line = await openLine(server)
      const { port } = line
      return {
        settings: { kind: 'imap', server: { host: server.host, port, tls: 'none', allowPlaintext: true }, signIn: { method: 'mailbox' } },
        secret: `mailbox,user,password\n${Object.entries(users)
          .map(([user, password]) => `${user},${user},${password}`)
          .join('\n')}\n`,
      }
    },
    fill: (index, folders) => seedMailbox(server, nameOf(index), folders),
    work: (index, random) => workOver(server, nameOf(index), random),
    view: (index, viewOptions) => viewOfImap(server, nameOf(index), viewOptions),
    holdAnswers: () => holdAnswers(line),
    lastAsked: () => undefined,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** More bytes than are said before the first message goes over the line, and fewer than a few messages have. */
const firstMessages = 20_000

function holdAnswers(line: Line | undefined): Held {
  const before = line?.stats().bytesUp ?? 0
  let isHeld = false
  return {
    asked() {
      if (!isHeld && (line?.stats().bytesUp ?? 0) - before >= firstMessages) {
        isHeld = true
        line?.hold()
      }
      return isHeld
    },
    release: () => line?.resume(),
  }
}

async function workOver(server: Dovecot, user: string, random: Random): Promise<void> {
  await using connection = await openRaw(server, user)
  const select = async (folder: string): Promise<string[]> => {
    await connection.command([`SELECT ${folder}`])
    const uids: string[] = []
    await connection.command(['UID SEARCH ALL'], ({ text }) => {
      const found = /^\* SEARCH(.*)$/.exec(text)
      if (found) uids.push(...(found[1] ?? '').trim().split(' ').filter(Boolean))
    })
    return uids
  }
  const some = (uids: string[], count: number): string => {
    const chosen = Array.from({ length: count }, () => uids.splice(random.between(0, uids.length - 1), 1)[0] ?? '')
    return chosen.filter(Boolean).join(',')
  }
  const inbox = await select('INBOX')
  await connection.command([`UID STORE ${some(inbox, 3)} +FLAGS (\\Seen \\Flagged Work)`])
  await connection.command([`UID STORE ${some(inbox, 2)} -FLAGS (\\Seen)`])
  await connection.command([`UID MOVE ${some(inbox, 3)} Projekte`])
  const gone = some(inbox, 1)
  await connection.command([`UID STORE ${gone} +FLAGS (\\Deleted)`])
  await connection.command([`UID EXPUNGE ${gone}`])
  const projects = await select('Projekte')
  await connection.command([`UID MOVE ${some(projects, 1)} INBOX`])
}
