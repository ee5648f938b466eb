import type { L10n } from '../../views/wording.ts'

/** Every text of the dashboard that doesn't depend on what there is. */
export const dashboardWords = (l10n: L10n) => ({
  title: l10n.t('Mailferry'),
  start: l10n.t('How to start'),
  good: l10n.t('Good news'),
  noGood: l10n.t('Nothing to report yet.'),
  bad: l10n.t('Bad news'),
  noBad: l10n.t('None.'),
  jobs: l10n.t('Jobs'),
  noJobs: l10n.t('There are no jobs yet.'),
  speed: l10n.t('Speed'),
  sources: l10n.t('Source connections'),
  targets: l10n.t('Target connections'),
  noConnections: l10n.t('None yet.'),
  help: l10n.t('Help'),
  done: l10n.t('done'),
  open: l10n.t('open'),
})

export type DashboardWords = ReturnType<typeof dashboardWords>
