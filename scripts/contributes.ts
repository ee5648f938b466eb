import { type CommandId, commandTable, fullId } from '../src/commands/commandTable.ts'
import { settings } from '../src/commands/settings.ts'
import type { CommandSpec, OnRow } from '../src/commands/spec.ts'
import { welcomes } from '../src/commands/welcomes.ts'

/** What `package.json` says of commands, their places, settings and welcome views, as the tables have it. */
export function contributes() {
  return {
    commands: specs().map(commandEntry),
    menus: {
      commandPalette: specs().flatMap(([id, { palette }]) => (palette === false ? [{ command: fullId(id), when: 'false' }] : [])),
      'view/title': specs().flatMap(([id, { titles = [] }]) =>
        titles.map(({ view, group, when }) => ({
          command: fullId(id),
          when: all([`view == ${view}`, ...(when === undefined ? [] : [when])]),
          group,
        })),
      ),
      'view/item/context': specs().flatMap(([id, { rows = [] }]) =>
        rows.map(row => ({ command: fullId(id), when: whenOnRow(row), group: row.group })),
      ),
      'explorer/context': specs().flatMap(([id, { files }]) =>
        files === undefined ? [] : [{ command: fullId(id), when: files, group: 'navigation' }],
      ),
      'editor/title': specs().flatMap(([id, { files }]) =>
        files === undefined ? [] : [{ command: fullId(id), when: files, group: 'navigation' }],
      ),
    },
    keybindings: specs().flatMap(([id, { keys }]) => (keys === undefined ? [] : [{ command: fullId(id), ...keys, args: 'selection' }])),
    viewsWelcome: welcomes.map(({ view, when, name }) => ({ view, when, contents: `%welcome.${name}%` })),
    configuration: {
      title: 'Mailferry',
      properties: Object.fromEntries(
        Object.entries(settings).map(([name, setting]) => [
          name,
          { ...setting, markdownDescription: `%setting.${name.replace(/^mailferry\./, '')}%` },
        ]),
      ),
    },
  }
}

const specs = (): [CommandId, CommandSpec][] => {
  const known = (id: string): id is CommandId => Object.hasOwn(commandTable, id)
  return Object.keys(commandTable)
    .filter(known)
    .map(id => [id, commandTable[id]])
}

/** A command without a condition still needs the workspace's trust: without it nothing is registered. */
const commandEntry = ([id, { icon, needs = [] }]: [CommandId, CommandSpec]) => ({
  command: fullId(id),
  title: `%command.${id}%`,
  category: 'Mailferry',
  ...(icon === undefined ? {} : { icon: `$(${icon})` }),
  enablement: needs.length === 0 ? 'isWorkspaceTrusted' : all(needs),
})

const whenOnRow = ({ view, is, single }: OnRow): string =>
  all([`view == ${view}`, ...is.map(word => `viewItem =~ / ${word} /`), ...(single === true ? ['!listMultiSelection'] : [])])

const all = (conditions: readonly string[]): string => conditions.join(' && ')
