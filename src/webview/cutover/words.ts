import type { L10n } from '../../views/wording.ts'

/** Every text of the checklist's page that doesn't depend on what there is. What a step is and how it is done, the engine says. */
export const cutoverWords = (l10n: L10n) => ({
  title: l10n.t('Domain cutover'),
  lead: l10n.t(
    'The steps by which a domain moves from one server to the other, in their order. What Mailferry can know is ticked off by facts.',
  ),
  domain: l10n.t('Domain'),
  none: l10n.t('No domain is known that a job depends on.'),
  ask: l10n.t('Ask DNS, Autodiscover and the source'),
  asking: l10n.t('Asking…'),
  phases: { before: l10n.t('Before the move'), move: l10n.t('The move'), after: l10n.t('After the move') },
  states: {
    done: l10n.t('done'),
    open: l10n.t('open'),
    blocked: l10n.t('after the steps before'),
    unknown: l10n.t('not known'),
    notNeeded: l10n.t('not needed'),
  },
  how: l10n.t('What to do'),
  tick: l10n.t('Done'),
  note: l10n.t('Note…'),
})

export type CutoverWords = ReturnType<typeof cutoverWords>
