import assert from 'node:assert/strict'
import { isError } from '../../../src/domain/errors.ts'
import { createFolders, type FolderAnswer, type FolderCommand } from '../../../src/servers/imap/createFolders.ts'
import type { KnownFolder } from '../../../src/servers/imap/foldersIndex.ts'
import { type Namespace, pathOfId, wireNameOf } from '../../../src/servers/imap/names.ts'
import type { NewFolder } from '../../../src/servers/mailServer.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import type { DovecotOptions } from '../../support/dovecotConfig.ts'
import { openRaw } from '../../support/mailbox.ts'
import { astring, type RawImap } from '../../support/rawImap.ts'

const slash: Namespace = { prefix: '', delimiter: '/', utf8: false }
const dot: Namespace = { prefix: 'INBOX.', delimiter: '.', utf8: false }
const ok: FolderAnswer = { status: 'OK', code: undefined, text: 'done' }
const no = (text: string, code?: string): FolderAnswer => ({ status: 'NO', code, text })

const want = (...paths: string[][]): NewFolder[] => paths.map(path => ({ path, subscribe: false }))
const known = (id: string, more: Partial<KnownFolder> = {}): KnownFolder => ({
  id,
  path: pathOfId(id, slash),
  selectable: true,
  subscribed: false,
  childless: false,
  ...more,
})

/** Makes folders on a server that answers each command as told; gives back the batches it was sent, and the outcome. */
async function make(
  wanted: readonly NewFolder[],
  {
    answer = () => ok,
    existing = [known('INBOX')],
    namespace = slash,
    specialUse = false,
  }: { answer?: (command: FolderCommand) => FolderAnswer; existing?: KnownFolder[]; namespace?: Namespace; specialUse?: boolean } = {},
) {
  const batches: string[][] = []
  const send = async (commands: readonly FolderCommand[]) => {
    batches.push(commands.map(command => [command.verb, command.id, 'use' in command ? command.use : ''].filter(Boolean).join(' ')))
    return commands.map(answer)
  }
  const results = await createFolders(wanted, { host: 'mail.example', mailbox: 'ann', existing, namespace, specialUse, send })
  return { batches, ids: results.map(result => (result instanceof Error ? result.code : result.id)), results }
}

describe('making folders', () => {
  it('sends all that is missing at once, parents first', async () => {
    const { batches, ids } = await make(want(['A', 'B'], ['INBOX'], ['A'], ['C']))
    assert.deepEqual(batches, [['CREATE A', 'CREATE C', 'CREATE A/B']])
    assert.deepEqual(ids, ['A/B', 'INBOX', 'A', 'C'])
  })

  it('sends nothing where all is there', async () => {
    const { batches, ids } = await make(want(['A'], ['v1.2/3']), { existing: [known('A'), known('v1.2=2F3')] })
    assert.deepEqual([batches, ids], [[], ['A', 'v1.2=2F3']])
  })

  it('subscribes to what is to be subscribed and isn’t', async () => {
    const wanted = ['A', 'B', 'INBOX'].map(name => ({ path: [name], subscribe: true }))
    const { batches } = await make(wanted, { existing: [known('INBOX', { subscribed: true }), known('B')] })
    assert.deepEqual(batches, [['CREATE A'], ['SUBSCRIBE A', 'SUBSCRIBE B']])
  })

  it('makes a folder of one that only held others', async () => {
    const { batches, ids } = await make(want(['A']), { existing: [known('A', { selectable: false })] })
    assert.deepEqual([batches, ids], [[['CREATE A']], ['A']])
  })

  it('gives a folder its role, and does without where the server won’t', async () => {
    const wanted: NewFolder[] = [{ path: ['Gesendet'], role: 'sent', subscribe: false }]
    const answer = (command: FolderCommand) => ('use' in command ? no('not that one', 'USEATTR') : ok)
    assert.deepEqual((await make(wanted, { specialUse: true })).batches, [['CREATE Gesendet \\Sent']])
    assert.deepEqual((await make(wanted, { specialUse: true, answer })).batches, [['CREATE Gesendet \\Sent'], ['CREATE Gesendet']])
  })

  it('makes parents itself for a server that doesn’t', async () => {
    const made = new Set<string>()
    const answer = ({ id }: FolderCommand) => {
      const parent = id.split('/').slice(0, -1).join('/')
      if (parent !== '' && !made.has(parent)) return no('parent folder does not exist')
      made.add(id)
      return ok
    }
    const { ids } = await make(want(['A', 'B', 'C']), { answer })
    assert.deepEqual([ids, [...made]], [['A/B/C'], ['A', 'A/B', 'A/B/C']])
  })

  it('renames what the server refuses, and what lies below follows', async () => {
    const answer = ({ id }: FolderCommand) => (/[%*]/.test(id) ? no('Invalid mailbox name') : ok)
    const { ids } = await make(want(['50%'], ['50%', 'x'], ['a.b', 'c*']), { answer })
    assert.deepEqual(ids, ['50=25', '50=25/x', 'a=2Eb/c=2A'])
  })

  it('finds the renamed folder again', async () => {
    const { batches, ids } = await make(want(['50%', 'x']), { existing: [known('50=25'), known('50=25/x')] })
    assert.deepEqual([batches, ids], [[], ['50=25/x']])
  })

  it('gives a short name at the root to what is too long as a whole', async () => {
    const deep = Array.from({ length: 60 }, (_, level) => `level ${level}`)
    const { ids } = await make(want(deep), { answer: ({ id }) => (id.length > 100 ? no('Not found') : ok) })
    assert.match(ids[0] ?? '', /^level 59_[0-9a-f]{8}$/)
  })

  it('puts what a childless folder can’t hold beside it', async () => {
    const { ids } = await make(want(['INBOX', 'Work']), { existing: [known('INBOX', { childless: true })] })
    assert.deepEqual(ids, ['INBOX=2FWork'])
  })

  it('takes a folder that somebody else has just made', async () => {
    assert.deepEqual((await make(want(['A']), { answer: () => no('Mailbox already exists', 'ALREADYEXISTS') })).ids, ['A'])
    assert.deepEqual((await make(want(['A']), { answer: () => no('Mailbox exists.') })).ids, ['A'])
  })

  it('never lets two folders become one', async () => {
    const answer = ({ id }: FolderCommand) => (id === 'work' ? no('exists', 'ALREADYEXISTS') : ok)
    const { results } = await make(want(['Work'], ['work']), { answer })
    assert(isError(results[1], 'folder.collision'))
    assert.deepEqual(results[1].params, { folder: 'work', other: 'Work', target: 'Work' })
  })

  it('says what the server says, and doesn’t insist where a name is not the point', async () => {
    const { batches, results } = await make(want(['A'], ['B']), {
      answer: ({ id }) => (id === 'A' ? no('Quota exceeded', 'OVERQUOTA') : ok),
    })
    assert(isError(results[0], 'mailbox.full'))
    assert.equal(batches.length, 1)
    const refused = await make(want(['A']), { answer: () => no('Permission denied', 'NOPERM') })
    assert(isError(refused.results[0], 'folder.refused'))
    assert.equal(refused.batches.length, 1)
  })
})

/** Names from all over, and what each server makes of them. */
const hard = [
  '50% off',
  'a*b',
  'a.b',
  'a/b',
  ' lead',
  'trail ',
  '.dot',
  '~tilde',
  '#x',
  '"q"',
  'back\\slash',
  'R&D',
  'Entwürfe',
  '日本語',
  '😀',
  'tab\there',
  '..',
  'inbox',
  'ü'.repeat(300),
  'cur',
  'x=2F',
]

describe('making folders on a real Dovecot', function () {
  this.timeout(20_000)
  const servers: readonly (DovecotOptions & { named: string; namespace: Namespace })[] = [
    { named: 'with / on directories', separator: '/', namespace: slash },
    { named: 'with / on Maildir++', separator: '/', extraConfig: 'mail_location = maildir:~/mail', namespace: slash },
    { named: 'with . below INBOX', separator: '.', namespacePrefix: 'INBOX.', namespace: dot },
  ]
  for (const { named, namespace, ...options } of servers) {
    it(`takes every name, once each (${named})`, async () => {
      await using dovecot: Dovecot = await startDovecot({ users: { ann: 'secret' }, ...options })
      await using raw = await openRaw(dovecot, 'ann')
      const deep = Array.from({ length: 60 }, (_, level) => `l${level}`)
      const wanted = want(...hard.map(name => [name]), ...hard.map(name => ['Parent', name]), ['INBOX', 'Work'], ['Work'], deep)
      const run = () =>
        createFolders(wanted, {
          host: 'x',
          mailbox: 'ann',
          existing: [known('INBOX')],
          namespace,
          specialUse: false,
          send: commands => send(raw, commands),
        })
      const made = await run()
      assert.deepEqual(
        made.filter(folder => folder instanceof Error),
        [],
      )
      const ids = made.map(folder => ('id' in folder ? folder.id : ''))
      assert.equal(new Set(ids).size, wanted.length)
      const listed = new Set<string>()
      await raw.command(['LIST "" "*"'], ({ text }) => listed.add(text))
      const counted = [...listed].filter(line => !/noselect/i.test(line)).length
      assert.equal(counted, wanted.length + 1, 'every folder is there, and INBOX')
      assert.deepEqual(
        (await run()).map(folder => ('id' in folder ? folder.id : '')),
        ids,
        'and the same again',
      )
    })
  }
})

const send = (raw: RawImap, commands: readonly FolderCommand[]): Promise<FolderAnswer[]> =>
  Promise.all(
    commands.map(async ({ verb, id }): Promise<FolderAnswer> => {
      const text = await raw.command([`${verb} `, astring(wireNameOf(id, false))]).catch((error: Error) => error.message)
      const [, status = 'BAD', code, words = ''] = /^\w+ (OK|NO|BAD) (?:\[([A-Z]+)[^\]]*\] )?(.*)$/.exec(text) ?? []
      return { status: status as FolderAnswer['status'], code, text: words }
    }),
  )
