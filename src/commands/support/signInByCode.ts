import { env, Uri, window } from 'vscode'
import type { Office365Settings } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import type { DeviceCodeEvent } from '../../rpc/events.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import { signInOf } from '../../rpc/signInOf.ts'
import type { L10n } from '../../views/wording.ts'
import type { App } from '../app.ts'
import { withProgress } from './withProgress.ts'

/**
 * Signs the administrator of a connection to Office 365 in anew, by a code; answers the refresh token. Throws what `office365.signIn` does, and `usage` where
 * somebody else signed in.
 */
export async function signInByCode(
  { engine, wording: { l10n } }: Pick<App, 'engine' | 'wording'>,
  { name, role }: Pick<ConnectionSummary, 'name' | 'role'>,
  settings: Office365Settings,
  admin: string,
): Promise<string> {
  const title = l10n.t('Signing {0} in…', admin)
  const { user, refreshToken } = await withProgress(title, (signal, say) =>
    engine.call('office365.signIn', signInOf(role, settings), {
      signal,
      emit(event) {
        if (event.event !== 'deviceCode') return
        say(l10n.t('Code {0}', event.userCode))
        void showCode(l10n, event)
      },
    }),
  )
  if (user.toLowerCase() === admin.toLowerCase()) return refreshToken
  throw new MailferryError('usage', {
    detail: l10n.t('{0} signed in, but the admin account of “{1}” is {2}; one that was renamed is reconfigured', user, name, admin),
  })
}

async function showCode(l10n: L10n, { userCode, page }: DeviceCodeEvent): Promise<void> {
  const open = l10n.t('Copy Code and Open Page')
  const text = l10n.t('Open {0} and enter the code {1}. Never enter a code that somebody sent you.', page, userCode)
  if ((await window.showInformationMessage(text, open)) !== open) return
  await env.clipboard.writeText(userCode)
  await env.openExternal(Uri.parse(page))
}
