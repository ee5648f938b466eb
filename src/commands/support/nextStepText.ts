import type { L10n } from '../../views/wording.ts'
import type { NextStep } from '../nextSteps.ts'

/** The button of a next step. */
export function nextStepText(l10n: L10n, { step }: NextStep): string {
  switch (step) {
    case 'showJobs':
      return l10n.t('Show jobs')
    case 'showJob':
      return l10n.t('Show job')
    case 'reportJob':
      return l10n.t('Report…')
    case 'showLog':
      return l10n.t('Show log')
    case 'restartEngine':
      return l10n.t('Try again')
    case 'reconfigure':
      return l10n.t('Reconfigure…')
    case 'enterCredentials':
      return l10n.t('Enter credentials…')
    case 'trustCertificate':
      return l10n.t('Trust certificate…')
    case 'test':
      return l10n.t('Test connection')
    case 'stopJob':
      return l10n.t('Stop job')
  }
}
