import { describe } from '../../domain/errorText.ts'
import type { Wording } from '../../views/wording.ts'
import type { ConnectionDraft } from './draft.ts'
import type { ShownRegistration } from './messages.ts'
import type { Registration } from './registration.ts'

/** How far preparing the tenant has come, in words; with what no registration gives, where the connection takes mail by EWS. */
export function shownRegistration(registration: Registration, wording: Wording, { ews }: Pick<ConnectionDraft, 'ews'>): ShownRegistration {
  const shown = progressOf(registration, wording)
  if (!ews || (registration.state !== 'done' && registration.state !== 'byHand')) return shown
  const more = wording.l10n.t(
    'For mail by EWS also give the application the permission full_access_as_app of Office 365 Exchange Online in the Entra admin centre, and consent to it.',
  )
  return { ...shown, next: [shown.next, more].filter(Boolean).join(' ') }
}

function progressOf(registration: Registration, wording: Wording): ShownRegistration {
  const { l10n } = wording
  switch (registration.state) {
    case 'running':
      return running(registration, wording)
    case 'byHand':
      return byHand(registration, wording)
    case 'done':
      return {
        ...plain,
        text: l10n.t(
          '“{0}” is registered and consented to, and the fields are filled in. It may take a minute until the whole tenant knows it; then test.',
          registration.name,
        ),
      }
    case 'signedIn':
      return { ...plain, text: l10n.t('{0} is signed in. Its refresh token is kept as the secret.', registration.user) }
    case 'failed': {
      const { message, next } = describe(registration.why)
      return { ...plain, level: 'error', text: message, next }
    }
    case 'notPasted':
      return {
        ...plain,
        level: 'warning',
        text: l10n.t(
          'The clipboard doesn’t have what the script prints at its end: a line with the tenant and one with the client id. Copy both, then paste again.',
        ),
      }
  }
}

const plain = { level: 'info', isRunning: false, steps: [] } as const

function running({ code, what }: Extract<Registration, { state: 'running' }>, { l10n, time }: Wording): ShownRegistration {
  if (code !== undefined) {
    const text = l10n.t('Open {0} and enter this code, as the administrator, until {1}:', code.page, time(code.until))
    return { ...plain, isRunning: true, text, code: code.userCode }
  }
  return { ...plain, isRunning: true, text: what === 'signIn' ? l10n.t('Signing in…') : l10n.t('Registering the application…') }
}

function byHand({ steps, why, left }: Extract<Registration, { state: 'byHand' }>, { l10n }: Wording): ShownRegistration {
  const todo = l10n.t(
    'The script is open: read it, and have it run by somebody who may; then paste what it prints. Or do the same by hand:',
  )
  if (why === undefined) return { ...plain, text: todo, steps }
  const { message, next } = typeof why === 'string' ? { message: why, next: '' } : describe(why)
  const rest =
    left === undefined ? [] : [l10n.t('The application {0} could not be removed again: delete it in the Entra admin centre.', left)]
  return { ...plain, level: 'warning', text: message, next: [next, ...rest, todo].filter(Boolean).join(' '), steps }
}
