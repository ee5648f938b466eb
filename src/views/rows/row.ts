import type { CommandId } from '../../commands/commandTable.ts'
import type { Kind } from '../../domain/connection.ts'
import type { RowToken } from '../rowTokens.ts'

/** Theme colours that rows use. */
export type RowColor = 'charts.green' | 'charts.blue' | 'list.warningForeground' | 'list.errorForeground' | 'disabledForeground'

/** An icon of VS Code's own, or a picture of Mailferry's. */
export type RowIcon = { readonly symbol: string; readonly color?: RowColor } | { readonly picture: Kind }

/** What calls for a person's attention; counted upwards to the groups. */
export type Attention = 'warning' | 'error'

/** A row of a tree as data: what VS Code is told about it, without VS Code. */
export interface Row {
  readonly label: string
  readonly description?: string
  /** Markdown, with everything that comes from outside escaped. */
  readonly tooltip?: string
  readonly icon?: RowIcon
  readonly tokens: readonly RowToken[]
  readonly children: 'none' | 'collapsed' | 'expanded'
  /** What a screen reader says. */
  readonly spoken: string
  readonly attention?: Attention
  /** What a click does, with the row's node as argument. */
  readonly click?: CommandId
}
