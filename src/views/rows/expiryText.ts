import type { endsSoon } from '../../domain/expiry.ts'
import type { Wording } from '../wording.ts'

/** That what a connection signs in with ends soon, or has. */
export function expiryText({ l10n, date }: Wording, { what, at, days }: NonNullable<ReturnType<typeof endsSoon>>): string {
  if (days < 0) return what === 'certificate' ? l10n.t('its certificate has ended') : l10n.t('its secret has ended')
  return what === 'certificate' ? l10n.t('its certificate ends on {0}', date(at)) : l10n.t('its secret ends on {0}', date(at))
}
