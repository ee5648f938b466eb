import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import texts from '../../package.nls.json' with { type: 'json' }
import { contributes } from '../../scripts/contributes.ts'
import { type CommandId, commandTable, fullId } from '../../src/commands/commandTable.ts'
import { contextKeys } from '../../src/commands/contextKeys.ts'
import { settings } from '../../src/commands/settings.ts'
import type { Verification } from '../../src/domain/connection.ts'
import type { PairState } from '../../src/domain/pair.ts'
import { connectionRow } from '../../src/views/rows/connectionRow.ts'
import { jobRow, useRow } from '../../src/views/rows/jobRow.ts'
import { moreRow, pairRow, problemRow } from '../../src/views/rows/pairRow.ts'
import { roleRow } from '../../src/views/rows/roleRow.ts'
import { contextValueOf, rowTokens } from '../../src/views/rowTokens.ts'
import { office365Settings } from '../support/webview/office365.ts'
import {
  connection,
  credentialsNeeded,
  exchangeSettings,
  imapSettings,
  job,
  pair,
  running,
  stale,
  unreachable,
  verified,
  wording,
} from '../views/build.ts'

const root = join(import.meta.dirname, '../..')
const text = JSON.stringify(manifest)
const ids = Object.keys(commandTable)

/** Every row that the trees can have, as far as what can be done with it differs. */
function everyRow() {
  const verifications: Verification[] = [{ state: 'unverified' }, verified, stale, credentialsNeeded, unreachable]
  const states: PairState[] = [
    { state: 'new' },
    { state: 'queued' },
    running,
    { state: 'waiting', for: 'person', error: { code: 'pair.deletionsHeld', params: { deletions: 9, items: 10 } } },
    { state: 'waiting', for: 'person', error: { code: 'mailbox.replaced', params: { mailbox: 'anna', side: 'target' } } },
    { state: 'stopped' },
    { state: 'completed', at: '2026-01-01T00:00:00Z' },
  ]
  return [
    ...(['source', 'target'] as const).map(role => roleRow(wording, role, [])),
    ...verifications.flatMap(verification =>
      [exchangeSettings, imapSettings, office365Settings].map(settings => connectionRow(wording, connection({ settings, verification }))),
    ),
    ...states.flatMap(({ state }) => (['run', 'stop'] as const).map(wanted => jobRow(wording, job({ wanted, states: { [state]: 1 } }), 0))),
    ...states.map(state => pairRow(wording, pair({ state }), 0)),
    jobRow(wording, job(), 0),
    useRow(wording, job()),
    problemRow(wording, pair({ state: { state: 'completedWithDifferences', at: '2026-01-01T00:00:00Z', differences: 1 } })),
    moreRow(wording, 1),
  ]
}

describe('the manifest', () => {
  it('contributes what the tables say (npm run manifest)', () => {
    const { contributes: written } = manifest
    for (const [key, value] of Object.entries(contributes())) assert.deepEqual({ ...written }[key], JSON.parse(JSON.stringify(value)), key)
  })

  it('has a text for each of its keys, and no key that it doesn’t use', () => {
    const used = new Set([...text.matchAll(/%([\w.]+)%/g)].map(([, key]) => key))
    assert.deepEqual([...used].sort(), Object.keys(texts).sort())
  })

  it('names only commands, context keys, settings and files that there are', () => {
    const all = `${text}${JSON.stringify(texts)}`
    const commands = new Set([...all.matchAll(/(?:command:|onCommand:|"command":")(mailferry\.[\w.]+)/g)].map(([, id]) => id))
    assert.deepEqual(
      [...commands].sort(),
      ids
        .map(id => `mailferry.${id}`)
        .filter(id => commands.has(id))
        .sort(),
    )
    const conditions = [...text.matchAll(/"(?:when|enablement)":"([^"]*)"/g)].map(([, condition = '']) =>
      condition.replace(/[vV]iew == \S+/g, ''),
    )
    const keys = conditions.flatMap(condition => [...condition.matchAll(/mailferry\.\w+/g)].map(([key]) => key))
    for (const key of keys) assert.ok(Object.hasOwn(contextKeys, key), `${key} is no context key`)
    assert.deepEqual(Object.keys(manifest.contributes.configuration.properties), Object.keys(settings))
    for (const [, file] of text.matchAll(/"(media\/[^"]+)"/g)) assert.ok(existsSync(join(root, file ?? '')), file)
  })

  it('uses every context key that is kept', () => {
    for (const key of Object.keys(contextKeys)) assert.ok(text.includes(key), key)
  })

  it('gives each icon in a row or title to a command that has one', () => {
    for (const id of ids.filter((id): id is CommandId => Object.hasOwn(commandTable, id))) {
      const {
        icon,
        rows = [],
        titles = [],
      }: { icon?: string; rows?: readonly { group: string }[]; titles?: readonly { group: string }[] } = commandTable[id]
      const asIcon = [...rows, ...titles].some(({ group }) => /^(inline|navigation)/.test(group))
      assert.ok(!asIcon || icon !== undefined, fullId(id))
    }
  })

  it('starts the extension’s bundle without a marketplace’s help, and holds hosts and paths out of a folder’s hands', () => {
    assert.equal(manifest.main, './dist/extension.js')
    for (const [name, { scope }] of Object.entries(settings)) assert.ok(['machine', 'application'].includes(scope), name)
  })

  it('has a walkthrough of five steps, which the command for it names', () => {
    const [walkthrough, ...more] = manifest.contributes.walkthroughs
    assert.deepEqual([walkthrough?.steps.length, more], [5, []])
    const command = readFileSync(join(root, 'src/commands/openWalkthrough.ts'), 'utf8')
    assert.ok(command.includes(`'${manifest.publisher}.${manifest.name}#${walkthrough?.id}'`))
  })

  it('is limited in untrusted folders, works in virtual ones, and runs where the person sits unless told otherwise', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited')
    assert.equal(manifest.capabilities.virtualWorkspaces, true)
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace'])
  })

  it('has the pictures of every kind in both themes, and a line that follows the theme for the activity bar', () => {
    for (const kind of ['exchange', 'office365', 'imap', 'mailferry']) {
      for (const theme of ['light', 'dark']) assert.ok(existsSync(join(root, 'media', theme, `${kind}.svg`)))
    }
    assert.match(readFileSync(join(root, 'media/mailferry.svg'), 'utf8'), /currentColor/)
  })
})

describe('menus and rows', () => {
  const asked = (menu: readonly { when: string }[]): RegExp[] =>
    menu.flatMap(({ when }) => [...when.matchAll(/viewItem =~ \/(.+?)\//g)].map(([, pattern = '']) => new RegExp(pattern)))

  it('speak of the same words: each menu finds a row, and each word that a row says is asked for', () => {
    const values = everyRow().map(({ tokens }) => contextValueOf(tokens))
    for (const pattern of asked(manifest.contributes.menus['view/item/context']))
      assert.ok(
        values.some(value => pattern.test(value)),
        String(pattern),
      )
    const said = new Set(everyRow().flatMap(({ tokens }) => tokens))
    assert.deepEqual([...said].sort(), [...rowTokens].sort())
    const words = new Set(asked(manifest.contributes.menus['view/item/context']).map(({ source }) => source.trim()))
    assert.deepEqual(
      [...said].filter(word => !words.has(word)),
      [],
    )
  })

  it('offer every click a command, and rows only commands that take a row', () => {
    for (const { click } of everyRow()) if (click !== undefined) assert.ok(Object.hasOwn(commandTable, click))
  })
})
