import type { L10n } from '../../views/wording.ts'

/** Every text of the checklist's page that doesn't depend on what there is. */
export const cutoverWords = (l10n: L10n) => ({
  title: l10n.t('Domain cutover'),
  lead: l10n.t(
    'The steps of the day a domain moves from one server to the other, in their order. What is done is ticked off by what Mailferry recorded.',
  ),
  domain: l10n.t('Domain'),
  none: l10n.t('No connection depends on a domain, so there is nothing to do.'),
  nothing: l10n.t('Nothing here.'),
  states: { done: l10n.t('done'), open: l10n.t('open'), later: l10n.t('after the steps before'), untold: l10n.t('not recorded') },
})

export type CutoverWords = ReturnType<typeof cutoverWords>
