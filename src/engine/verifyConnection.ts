import type { Connection, Recorded } from '../domain/connection.ts'
import type { MailferryError } from '../domain/errors.ts'
import { storedError } from '../migration/storedError.ts'
import type { Call } from '../rpc/protocol.ts'
import type { Check, MailServer } from '../servers/mailServer.ts'

export interface Verified {
  readonly learned?: Omit<Recorded, 'at'>
  /** Of the first check that failed. */
  readonly failure?: MailferryError
}

/** Runs a server's checks and tells each; records nothing. */
export async function verifyConnection(
  server: MailServer,
  { name }: Pick<Connection, 'name'>,
  mailbox: string | undefined,
  call: Call,
): Promise<Verified> {
  const checks = server.verify(call.signal, mailbox)
  let failure: MailferryError | undefined
  for (;;) {
    const { done, value } = await checks.next()
    if (done) return { ...(value === undefined ? {} : { learned: value }), ...(failure === undefined ? {} : { failure }) }
    failure ??= value.error
    emitCheck(name, value, call)
  }
}

function emitCheck(connection: string, { error, ...check }: Check, call: Call): void {
  call.emit({ event: 'check', connection, ...check, ...(error === undefined ? {} : { error: storedError(error) }) })
}
