import { resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { describe } from '../../domain/errorText.ts'
import { exitCodeOf, exitCodes } from '../../domain/exitCodes.ts'
import type { App } from '../app.ts'
import { sayDeviceCode } from '../display/deviceCode.ts'
import { cloudOf, roleOf } from '../office365Options.ts'
import { savePrivately } from '../savePrivately.ts'
import { saveText } from '../saveText.ts'
import { verb } from '../verb.ts'

export const office365Register = verb({
  words: 'office365 register',
  positionals: ['FILE'],
  summary: 'Register Mailferry in an Office 365 tenant, as an administrator who signs in by a code.',
  details: `Makes a key and certificate, which FILE gets (the connection's secret; never written over), and registers an application that signs in by it, with the
least permissions its role needs, for all mailboxes of the tenant. Where the tenant doesn't allow it, it says why and writes the script for somebody else to FILE.ps1.`,
  options: {
    role: { type: 'string', value: 'ROLE', help: 'source or target.' },
    tenant: { type: 'string', value: 'TENANT', help: 'Id or domain; the administrator’s own unless said.' },
    cloud: { type: 'string', value: 'CLOUD', help: 'global (unless said), usGov, usGovDoD or china.' },
    'full-fidelity': { type: 'boolean', help: 'With the mailbox import and export API, for whole items between two tenants.' },
    'client-id': {
      type: 'string',
      value: 'ID',
      help: 'The public client to sign in with; Microsoft Graph Command Line Tools unless said.',
    },
    login: { type: 'string', value: 'URL', help: 'With --graph: the sign-in service of a test network.' },
    graph: { type: 'string', value: 'URL', help: 'With --login: the Graph of a test network.' },
    'ca-file': { type: 'string', value: 'FILE', help: 'A PEM file with authorities to trust beside the system’s.' },
  },
  async run(app, { positionals: [name = ''], values }) {
    const { client, out, stop } = app
    const role = roleOf(values.role)
    const cloud = cloudOf(values.cloud ?? 'global')
    const place = { cloud, ...testNetwork(app, values) }
    const { pem, certificate } = await client.call('office365.certificate', {})
    const file = await savePrivately(app, name, pem)
    const done = await client.call(
      'office365.register',
      {
        role,
        ...place,
        certificate,
        fullFidelity: values['full-fidelity'] ?? false,
        signIn: {
          ...(values['client-id'] === undefined ? {} : { clientId: values['client-id'] }),
          ...(values.tenant === undefined ? {} : { tenant: values.tenant }),
        },
      },
      { signal: stop, emit: event => sayDeviceCode(out, event) },
    )
    if (done.registered) {
      out.say({ event: 'registered', ...done, file }, [
        `“${done.name}” is registered and consented to. It may take a minute until the whole tenant knows it.`,
        'For the plan:',
        `  "signIn": { "method": "application", "tenant": "${done.tenant}", "clientId": "${done.clientId}", "credential": "certificate" },`,
        `  "secret": { "file": ${JSON.stringify(file)} }`,
      ])
      return exitCodes.ok
    }
    const { script, steps } = await client.call('office365.registerScript', { role, cloud, certificate })
    const scriptFile = await saveText(app, `${name}.ps1`, script)
    await saveText(app, `${name}.cer`, certificate)
    const { message, next } = describe(done.why)
    out.say({ event: 'notRegistered', ...done, file, script: scriptFile, steps }, [
      'The tenant doesn’t let this account register it:',
      message,
      next,
      ...(done.left === undefined ? [] : [`The application ${done.left} could not be removed again: delete it in the Entra admin centre.`]),
      `Whoever may runs ${scriptFile}, with the same certificate; or does the same by hand:`,
      ...steps,
    ])
    return exitCodeOf(done.why.code)
  },
})

interface Network {
  readonly login?: string
  readonly graph?: string
  readonly 'ca-file'?: string
}

function testNetwork({ cwd }: Pick<App, 'cwd'>, { login, graph, 'ca-file': caFile }: Network) {
  if ((login === undefined) !== (graph === undefined)) throw new MailferryError('usage', { detail: '--login and --graph belong together' })
  return {
    ...(login === undefined || graph === undefined ? {} : { at: { login, graph } }),
    ...(caFile === undefined ? {} : { trust: { caFile: resolve(cwd, caFile) } }),
  }
}
