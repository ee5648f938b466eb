import type { Params } from '../../rpc/protocol.ts'
import type { L10n } from '../../views/wording.ts'
import type { Desk } from '../desk.ts'

type How = Pick<Params<'job.matchPreview'>, 'by' | 'sourceList' | 'targetList'>

/** How mailboxes are to be matched, with the file that the person chooses where one is needed; nothing where none is chosen. */
export async function howToMatch(
  desk: Pick<Desk, 'chooseFile'>,
  l10n: L10n,
  by: 'localPart' | 'displayName' | 'csv' | 'export',
  sourceList: string | undefined,
): Promise<How | undefined> {
  const known = sourceList === undefined ? {} : { sourceList }
  if (by === 'localPart' || by === 'displayName') return { by, ...known }
  const file = await desk.chooseFile(by === 'csv' ? l10n.t('Which mailbox goes where') : l10n.t('Mailboxes of the target'))
  if (file === undefined) return undefined
  return by === 'csv' ? { by: { csv: file.path } } : { by: 'localPart', ...known, targetList: file.path }
}
