import { describe } from '../../domain/errorText.ts'
import { exitCodeOf, exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const office365Renew = verb({
  words: 'office365 renew',
  positionals: ['NAME'],
  summary: 'Renew the certificate by which a connection’s application signs in to Office 365.',
  details: `Makes a key and certificate, good for a year, which the application adds to itself by the certificate it has now; that takes no permission. Once the tenant takes
the new one, it is stored in place of the former one, in its file or in the vault. The former one stays good in the tenant until somebody removes it there, or it ends; after that
only the script helps. Whatever is stopped between, the former one goes on.`,
  options: {
    'object-id': {
      type: 'string',
      value: 'ID',
      help: 'The application’s object id (Entra admin centre, App registrations, Overview), where the tenant doesn’t tell it.',
    },
  },
  async run({ client, out, stop }, { positionals: [name = ''], values }) {
    const objectId = values['object-id']
    const done = await client.call('office365.renew', { name, ...(objectId === undefined ? {} : { objectId }) }, { signal: stop })
    if (done.renewed) {
      const { validTo, file } = done
      out.say({ event: 'renewed', connection: name, validTo, ...(file === undefined ? {} : { file }) }, [
        `The certificate of “${name}” is renewed, and good until ${validTo.slice(0, 10)}: ${file ?? 'it is in the vault'}.`,
        'The former one may be removed in the Entra admin centre (Certificates & secrets) once nothing else signs in by it.',
      ])
      await client.call('connection.check', { names: [name] })
      return exitCodes.ok
    }
    const { message, next } = describe(done.why)
    const { settings } = await client.call('connection.show', { name })
    const clientId = settings.kind === 'office365' && settings.signIn.method === 'application' ? settings.signIn.clientId : ''
    out.say({ event: 'notRenewed', connection: name, why: done.why }, [
      'The application can’t renew its certificate itself, and nothing has changed:',
      message,
      next,
      ...(objectId === undefined && done.why.code === 'permission.graph'
        ? ['With its object id it needs no permission: --object-id ID (Entra admin centre, App registrations, Overview).']
        : []),
      'Whoever may change the application gives it another one by a script:',
      '  mailferry office365 certificate new.pem',
      `  mailferry office365 register-script --client-id ${clientId} --certificate new.pem.cer --out renew.ps1`,
    ])
    return exitCodeOf(done.why.code)
  },
})
