import type { Wording } from '../../views/wording.ts'

/** Lines that a message has room for. */
const most = 15

/** Names or sentences below each other, the first of them where there are many. */
export const listed = ({ l10n, number }: Pick<Wording, 'l10n' | 'number'>, lines: readonly string[]): string =>
  [...lines.slice(0, most), ...(lines.length > most ? [l10n.t('and {0} more', number(lines.length - most))] : [])].join('\n')
