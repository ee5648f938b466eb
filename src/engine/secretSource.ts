import type { ConnectionSettings } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import type { SecretReference } from '../domain/secretReference.ts'
import { signsInByCertificate } from '../domain/signsInByCertificate.ts'
import { readCsv } from '../rpc/csv.ts'
import { type GivenSecret, referenceText } from '../secrets/reference.ts'
import type { Secret, SecretSource } from '../servers/secretSource.ts'
import { adminUser } from './signInUser.ts'

/**
 * Makes of the secret as it was given what opens each mailbox: the first line for an admin or an application's secret, all of it for a certificate, a CSV's row otherwise
 * (`mailbox,user,password` or `mailbox,user,token`; an empty user means the mailbox itself). Throws `csv.invalid`, `secret.source`.
 */
export function secretSourceFor(
  connection: string,
  settings: ConnectionSettings,
  given: GivenSecret,
  reference: SecretReference,
): SecretSource {
  if (adminUser(settings) !== undefined) {
    if (signsInByCertificate(settings)) {
      const pem = given.text.replace(/^\uFEFF/, '')
      return { secretFor: async () => ({ pem }) }
    }
    const text = firstLine(given.text)
    if (text === '') throw new MailferryError('secret.source', { reference: referenceText(reference), cause: 'its first line is empty' })
    const secret: Secret = givesToken(settings) ? { token: text } : { password: text }
    return { secretFor: async () => secret }
  }
  const byToken = settings.kind === 'imap' && settings.signIn.method === 'token'
  const secrets = byToken ? tokens(referenceText(reference), given.text) : passwords(referenceText(reference), given.text)
  const byLowerCase = new Map([...secrets].map(([mailbox, secret]) => [mailbox.toLowerCase(), secret]))
  return {
    async secretFor(mailbox) {
      const secret = mailbox === undefined ? [...secrets.values()][0] : (secrets.get(mailbox) ?? byLowerCase.get(mailbox.toLowerCase()))
      if (secret === undefined) throw new MailferryError('secret.missing', { connection, ...(mailbox === undefined ? {} : { mailbox }) })
      return secret
    },
    mailboxes: async () => [...secrets.keys()],
  }
}

const givesToken = (settings: ConnectionSettings): boolean =>
  settings.kind === 'exchange' ? settings.admin.method === 'bearer' : settings.kind === 'office365' && settings.signIn.method === 'admin'

/** Sign-ins by mailbox. Throws `csv.invalid`, as `tokens` does. */
export function passwords(file: string, text: string): Map<string, Secret> {
  const rows = readCsv(file, text, { needed: ['mailbox', 'password'], optional: ['user'] })
  return byMailbox(
    file,
    rows.map(({ line, fields: { mailbox, user, password } }) => ({ line, mailbox, secret: { user: user ?? mailbox, password } })),
  )
}

export function tokens(file: string, text: string): Map<string, Secret> {
  const rows = readCsv(file, text, { needed: ['mailbox', 'token'], optional: ['user'] })
  return byMailbox(
    file,
    rows.map(({ line, fields: { mailbox, user, token } }) => ({ line, mailbox, secret: { user: user ?? mailbox, token } })),
  )
}

function byMailbox(file: string, rows: readonly { line: number; mailbox: string; secret: Secret }[]): Map<string, Secret> {
  const secrets = new Map<string, Secret>()
  const problems: { line: number; message: string }[] = []
  for (const { line, mailbox, secret } of rows) {
    if (secrets.has(mailbox)) problems.push({ line, message: `${mailbox} is named twice` })
    secrets.set(mailbox, secret)
  }
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  return secrets
}

const firstLine = (text: string): string => text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
