import { type ExitCode, exitCodeOf, exitCodes } from '../../domain/exitCodes.ts'
import { sayCheck } from '../display/checkText.ts'
import { nextText, verificationText } from '../display/connectionText.ts'
import { noticeText } from '../display/runDisplay.ts'
import { asFingerprint } from '../fingerprint.ts'
import { verb } from '../verb.ts'

export const connectionTest = verb({
  words: 'connection test',
  positionals: ['NAME'],
  summary: 'Check a connection live: address, TLS, sign-in, rights.',
  details:
    'A refused password is asked once, by you; runs never repeat it. A new certificate is trusted with --trust, always allowed and journalled.',
  options: {
    mailbox: {
      type: 'string',
      value: 'MAILBOX',
      help: 'Whose mailbox to open; the first one of a job that uses the connection unless said.',
    },
    trust: { type: 'string', value: 'SHA256', help: 'Trust the certificate with this fingerprint from now on, then check.' },
  },
  async run({ out, client, stop }, { positionals: [name = ''], values }) {
    if (values.trust !== undefined) await client.call('connection.trust', { name, fingerprint: asFingerprint(values.trust) })
    let exit: ExitCode = exitCodes.ok
    let fingerprint = ''
    const params = { name, ...(values.mailbox === undefined ? {} : { mailbox: values.mailbox }) }
    const { recorded, verification } = await client.call('connection.test', params, {
      signal: stop,
      emit(event) {
        if (event.event === 'notice') out.warn(event, noticeText(event))
        if (event.event !== 'check') return
        sayCheck(out, event)
        if (event.error?.code === 'tls.untrusted') fingerprint = event.error.params.fingerprint
        if (event.error !== undefined && exit === exitCodes.ok) exit = exitCodeOf(event.error.code)
      },
    })
    const passed = recorded !== undefined && exit === exitCodes.ok
    const open = !passed && exit === exitCodes.ok
    const words = passed ? 'works.' : open ? 'could not be checked to the end; name a mailbox with --mailbox.' : 'does not work yet.'
    out.say({ event: 'tested', connection: name, passed, ...(recorded === undefined ? {} : { recorded }) }, `“${name}” ${words}`)
    if (fingerprint !== '')
      out.say(
        { event: 'untrusted', fingerprint },
        `Next, if it is the right one: mailferry connection test "${name}" --trust ${fingerprint}`,
      )
    if (verification?.state === 'stale') {
      out.say({ event: 'stale', connection: name }, [verificationText(verification), nextText(name, verification) ?? ''])
      return exit === exitCodes.ok ? exitCodes.stale : exit
    }
    return open ? exitCodes.incomplete : exit
  },
})
