import type { RowToken } from '../views/rowTokens.ts'
import type { ContextKey } from './contextKeys.ts'

export type ViewId = 'mailferry.connections' | 'mailferry.jobs'

/** Where a command stands on rows of a tree: on those that have all of these words. `single`: not while several are selected. */
export interface OnRow {
  readonly view: ViewId
  readonly is: readonly RowToken[]
  /** `inline@1`, or a group of the context menu with the place in it. */
  readonly group: string
  readonly single?: boolean
}

/** Where a command stands in a view's title. */
export interface InTitle {
  readonly view: ViewId
  /** `navigation@1` for an icon, anything else for the overflow menu. */
  readonly group: string
  readonly when?: string
}

/** What the manifest says of a command. Its title is `command.<name>` in `package.nls.json`. */
export interface CommandSpec {
  /** A product icon's name. */
  readonly icon?: string
  /** All of these must hold; where they don't, the command is greyed and left out of the palette. */
  readonly needs?: readonly ContextKey[]
  /** `false` for what makes sense on its row alone. */
  readonly palette?: false
  readonly rows?: readonly OnRow[]
  readonly titles?: readonly InTitle[]
  /** On files with this when-clause: in the explorer, and in the editor's title. */
  readonly files?: string
  /** Pressed in a tree, where VS Code doesn't tell on which row: the command is given `selection`. */
  readonly keys?: { readonly key: string; readonly when: string }
}

declare const argumentsOf: unique symbol

/** A command with the arguments it takes; the property is never set, it carries the type. */
export interface Command<Arguments extends readonly unknown[]> extends CommandSpec {
  readonly [argumentsOf]?: Arguments
}

export type ArgumentsOf<Of> = Of extends Command<infer Arguments> ? Arguments : never
