import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode'
import { fullId } from '../commands/commandTable.ts'
import { type Node, nodeId } from './rows/node.ts'
import type { Row, RowIcon } from './rows/row.ts'
import { contextValueOf } from './rowTokens.ts'

const collapsible = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
} as const

/** A row as VS Code wants it; its tooltip comes with `withTooltip`, when somebody looks at it. */
export function treeItem(node: Node, row: Row, extension: Uri): TreeItem {
  const item = new TreeItem(row.label, collapsible[row.children])
  item.id = nodeId(node)
  item.contextValue = contextValueOf(row.tokens)
  item.accessibilityInformation = { label: row.spoken }
  item.resourceUri = rowUri(node)
  if (row.description !== undefined) item.description = row.description
  if (row.icon !== undefined) item.iconPath = iconPath(row.icon, extension)
  if (row.click !== undefined) item.command = { command: fullId(row.click), title: row.label, arguments: [node] }
  return item
}

export function withTooltip(item: TreeItem, { tooltip }: Row): TreeItem {
  if (tooltip !== undefined) item.tooltip = new MarkdownString(tooltip)
  return item
}

/** How a row is known to what decorates it. */
export const rowUri = (node: Node): Uri => Uri.from({ scheme: 'mailferry-row', path: `/${node.type}/${nodeId(node)}` })

const iconPath = (icon: RowIcon, extension: Uri): ThemeIcon | { light: Uri; dark: Uri } => {
  if ('symbol' in icon) return new ThemeIcon(icon.symbol, icon.color === undefined ? undefined : new ThemeColor(icon.color))
  const picture = (theme: string): Uri => Uri.joinPath(extension, 'media', theme, `${icon.picture}.svg`)
  return { light: picture('light'), dark: picture('dark') }
}
