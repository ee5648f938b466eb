/** Text as Markdown shows it unchanged: nothing in it becomes a link, an image, a heading or HTML. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|~<>&$:/@]/g, '\\$&').replace(/\s+/g, ' ')

/** A table of two columns without a heading; rows without a value are left out. */
export function markdownTable(rows: readonly (readonly [label: string, value: string | undefined])[]): string {
  const said = rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== '')
  return ['| | |', '|:--|:--|', ...said.map(([label, value]) => `| ${escapeMarkdown(label)} | ${escapeMarkdown(value)} |`)].join('\n')
}
