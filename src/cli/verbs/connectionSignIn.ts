import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { signInOf } from '../../rpc/signInOf.ts'
import { sayDeviceCode } from '../display/deviceCode.ts'
import { savePrivately } from '../savePrivately.ts'
import { verb } from '../verb.ts'

export const connectionSignIn = verb({
  words: 'connection sign-in',
  positionals: ['NAME'],
  summary: 'Sign the administrator of an Office 365 connection in by a code, and store the refresh token in the vault.',
  details: `For connections with "method": "admin" and a "clientId". Enter the code on Microsoft's page, in whatever browser. Such a connection opens the mailboxes that the
administrator has full access to; for everybody's, sign in as an application: mailferry office365 register.`,
  options: {
    out: { type: 'string', value: 'FILE', help: 'Write the refresh token to this new file, readable by you alone, in place of the vault.' },
  },
  async run(app, { positionals: [name = ''], values }) {
    const { client, out, stop } = app
    const { role, settings } = await client.call('connection.show', { name })
    if (settings.kind !== 'office365' || settings.signIn.method !== 'admin' || settings.signIn.clientId === undefined) {
      throw new MailferryError('usage', {
        detail: `connection sign-in is for Office 365 connections with "method": "admin" and a "clientId", and “${name}” is none`,
      })
    }
    const { signIn } = settings
    const { user, refreshToken } = await client.call('office365.signIn', signInOf(role, settings), {
      signal: stop,
      emit: event => sayDeviceCode(out, event),
    })
    if (user.toLowerCase() !== signIn.user.toLowerCase()) {
      throw new MailferryError('usage', {
        detail: `${user} signed in, but the admin account of “${name}” is ${signIn.user}; one that was renamed is reconfigured first: mailferry connection reconfigure "${name}" --admin ${user}`,
      })
    }
    if (values.out === undefined) await client.call('connection.secret', { name, secret: refreshToken })
    const file = values.out === undefined ? undefined : await savePrivately(app, values.out, refreshToken)
    const where =
      file === undefined ? `Stored the refresh token of “${name}” in the vault.` : `The refresh token of “${name}” is in ${file}.`
    out.say({ event: 'signedIn', connection: name, user, ...(file === undefined ? {} : { file }) }, `${user} is signed in. ${where}`)
    return exitCodes.ok
  },
})
