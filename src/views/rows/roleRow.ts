import type { Role } from '../../domain/connection.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import type { Wording } from '../wording.ts'
import { attentionOf } from './connectionRow.ts'
import type { Row } from './row.ts'

export function roleRow({ l10n, number }: Wording, role: Role, connections: readonly ConnectionSummary[]): Row {
  const label = role === 'source' ? l10n.t('Source servers') : l10n.t('Target servers')
  const waiting = connections.filter(({ verification }) => attentionOf(verification) !== undefined).length
  const description =
    waiting === 0 ? number(connections.length) : l10n.t('{0}, {1} need attention', number(connections.length), number(waiting))
  return {
    label,
    description,
    tokens: [role === 'source' ? 'sources' : 'targets'],
    children: 'expanded',
    spoken: `${label}, ${description}`,
    ...(waiting === 0 ? {} : { attention: 'warning' }),
  }
}
