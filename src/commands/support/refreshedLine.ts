import type { RefreshedEvent } from '../../rpc/events.ts'
import type { Wording } from '../../views/wording.ts'

/** Nothing for a mailbox whose address is what it was. */
export function refreshedLine(
  { l10n, describe }: Wording,
  { mailbox, outcome, address, candidates = [], error }: RefreshedEvent,
): string[] {
  switch (outcome) {
    case 'unchanged':
      return []
    case 'refreshed':
      return [`- ${mailbox} → ${address ?? mailbox}`]
    case 'notFound':
      return [l10n.t('- {0} wasn’t found', mailbox)]
    case 'ambiguous':
      return [l10n.t('- {0} could be {1}', mailbox, candidates.join(', '))]
    case 'failed':
      return [`- ${mailbox}: ${error === undefined ? l10n.t('failed') : describe(error).message}`]
  }
}
