import type { EngineEvent } from '../rpc/events.ts'
import type { DryRunResult } from '../rpc/results.ts'
import type { Wording } from './wording.ts'

/** How much a dry run found to copy, and what of it can't go. */
export const wouldCopy = ({ l10n, number, size, duration }: Wording, { copy, pairs, tooLarge, estimatedMs }: DryRunResult): string[] => [
  l10n.t(
    '{0} messages ({1}) of {2} mailboxes would be copied, in about {3}.',
    number(copy.items),
    size(copy.bytes),
    number(pairs),
    duration(estimatedMs),
  ),
  ...(tooLarge.items > 0 ? [l10n.t('{0} messages ({1}) are too large for the target.', number(tooLarge.items), size(tooLarge.bytes))] : []),
]

export const wouldFail = ({ l10n, number }: Wording, { problems }: DryRunResult): string =>
  l10n.t('{0} mailboxes would fail.', number(problems))

/** What no dry run can know of target mailboxes, told once of all. */
export const notExamined = ({ l10n, said }: Wording, { what }: Extract<EngineEvent, { event: 'notExamined' }>): string =>
  l10n.t(
    'Not examined, for the server doesn’t tell: {0}. “Open Every Mailbox Once” on the target connection shows the lines to look at them with.',
    what.map(one => said('readiness', one)).join('; '),
  )
