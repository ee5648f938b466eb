import { exitCodes } from '../../domain/exitCodes.ts'
import { secretText, serverText, signInText, verificationText } from '../display/connectionText.ts'
import { verb } from '../verb.ts'

export const connectionShow = verb({
  words: 'connection show',
  positionals: ['NAME'],
  summary: 'Show one connection; its secret only as where it is had.',
  async run({ out, client }, { positionals: [name = ''] }) {
    const connection = await client.call('connection.show', { name })
    const { settings, verification } = connection
    const fingerprints =
      settings.kind === 'imap'
        ? [settings.server.fingerprint ?? []].flat()
        : settings.kind === 'exchange'
          ? (settings.trust?.fingerprints ?? [])
          : []
    const recorded = 'recorded' in verification ? verification.recorded : undefined
    out.say({ event: 'connection', ...connection }, [
      connection.name,
      `  role      ${connection.role}`,
      `  server    ${serverText(settings)}`,
      ...fingerprints.map(fingerprint => `  trusts    certificate ${fingerprint}`),
      `  sign-in   ${signInText(settings)}`,
      `  secret    ${secretText(connection.secret)}`,
      `  state     ${verificationText(verification)}`,
      ...(recorded?.serverVersion === undefined ? [] : [`  version   ${recorded.serverVersion}`]),
      `  used by   ${connection.usedBy.length === 0 ? 'no job' : connection.usedBy.join(', ')}`,
    ])
    return exitCodes.ok
  },
})
