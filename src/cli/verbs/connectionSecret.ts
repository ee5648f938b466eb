import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { readSecretDescriptor } from '../../secrets/fdSecret.ts'
import { verb } from '../verb.ts'

export const connectionSecret = verb({
  words: 'connection secret',
  positionals: ['NAME'],
  summary: 'Store a connection’s secret in the vault; read from standard input.',
  details: `Give what the connection's sign-in needs: a password (first line), or a CSV with the header mailbox,user,password (mailbox,user,token).
  mailferry connection secret NAME < passwords.csv
It is sealed beside the ledger with a key that lies in the system's keychain. Never give it as an argument: others could read it there.`,
  options: { fd: { type: 'string', value: 'N', help: 'Read from this file descriptor instead.' } },
  async run({ out, client, readInput }, { positionals: [name = ''], values }) {
    const secret = values.fd === undefined ? await readInput() : (await readSecretDescriptor(descriptor(values.fd), Date.now)).text
    if (secret.trim() === '') throw new MailferryError('usage', { detail: 'the secret is empty' })
    await client.call('connection.secret', { name, secret })
    out.say({ event: 'secretStored', connection: name }, `Stored the secret of “${name}” in the vault.`)
    return exitCodes.ok
  },
})

function descriptor(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new MailferryError('usage', { detail: '--fd needs the number of an open file descriptor' })
  return Number(text)
}
