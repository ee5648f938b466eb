import type { Role } from '../../domain/connection.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import type { Wording } from '../wording.ts'
import { attentionOf } from './connectionRow.ts'
import type { Row } from './row.ts'

export function roleRow(wording: Wording, role: Role, connections: readonly ConnectionSummary[]): Row {
  const { l10n, number } = wording
  const label = role === 'source' ? l10n.t('Source servers') : l10n.t('Target servers')
  const waiting = connections.filter(({ verification }) => attentionOf(wording, verification) !== undefined).length
  const description = waiting === 0 ? number(connections.length) : attentionText(wording, connections.length, waiting)
  return {
    label,
    description,
    tokens: [role === 'source' ? 'sources' : 'targets'],
    children: 'expanded',
    spoken: `${label}, ${description}`,
    ...(waiting === 0 ? {} : { attention: 'warning' }),
  }
}

const attentionText = ({ l10n, number }: Wording, all: number, waiting: number): string =>
  waiting === 1 ? l10n.t('{0}, 1 needs attention', number(all)) : l10n.t('{0}, {1} need attention', number(all), number(waiting))
