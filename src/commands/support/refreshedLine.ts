import type { RefreshedEvent } from '../../rpc/events.ts'
import type { Wording } from '../../views/wording.ts'

/** Nothing for a mailbox whose address is what it was. */
export function refreshedLine(
  { l10n, describe }: Wording,
  { side, mailbox, outcome, address, candidates = [], error }: RefreshedEvent,
): string[] {
  const where = side === 'source' ? l10n.t('Source') : l10n.t('Target')
  switch (outcome) {
    case 'unchanged':
      return []
    case 'refreshed':
      return [`- ${where}: ${mailbox} → ${address ?? mailbox}`]
    case 'notFound':
      return [l10n.t('- {0}: {1} wasn’t found', where, mailbox)]
    case 'ambiguous':
      return [l10n.t('- {0}: {1} could be {2}', where, mailbox, candidates.join(', '))]
    case 'failed':
      return [`- ${where}: ${mailbox}: ${error === undefined ? l10n.t('failed') : describe(error).message}`]
  }
}
