import assert from 'node:assert/strict'
import type { handlers as Handlers } from '../../src/commands/handlers.ts'
import { preflightLines } from '../../src/commands/support/preflightLines.ts'
import { asPairId } from '../../src/domain/ids.ts'
import { written } from '../support/commands/editor.ts'
import { loadHandlers } from '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene, connectionNodes, jobNodes, pairNodes } from '../support/commands/scene.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { connection, exchangeSettings, job, pair, stale, wording } from '../views/build.ts'

describe('what the command line can do, in the editor', () => {
  let commands: typeof Handlers

  before(async () => {
    commands = await loadHandlers()
  })

  it('follows IMAP logins that changed, from a CSV', async () => {
    const jobs = [job({ name: 'Move' })]
    const outcomes = { refreshed: 2, unchanged: 0, notFound: 0, ambiguous: 0, failed: 0 }
    const engine = scriptedEngine({ 'job.refreshAddresses': () => ({ outcomes, failures: [] }) })
    person.will({ picks: ['Logins changed: CSV file…'] }, { names: '/tmp/logins.csv' })
    await commands.refreshAddresses(commandScene(engine, { jobs, connections: [connection()] }).app, jobNodes(jobs)[0])
    assert.deepEqual(engine.paramsOf('job.refreshAddresses'), [{ name: 'id of Move', csv: '/tmp/logins.csv' }])
  })

  it('asks nothing of the sort where no side is IMAP', async () => {
    const jobs = [job({ name: 'Move' })]
    const outcomes = { refreshed: 0, unchanged: 1, notFound: 0, ambiguous: 0, failed: 0 }
    const engine = scriptedEngine({ 'job.refreshAddresses': () => ({ outcomes, failures: [] }) })
    person.will()
    await commands.refreshAddresses(
      commandScene(engine, { jobs, connections: [connection({ settings: exchangeSettings })] }).app,
      jobNodes(jobs)[0],
    )
    assert.deepEqual(engine.paramsOf('job.refreshAddresses'), [{ name: 'id of Move' }])
    assert.deepEqual(person.told('pick'), [])
  })

  it('keeps what a refresh found of every mailbox, as a page in the window’s language or as a table', async () => {
    const jobs = [job({ name: 'Move' })]
    const outcomes = { refreshed: 1, unchanged: 1, notFound: 0, ambiguous: 0, failed: 0 }
    const engine = scriptedEngine({
      'job.refreshAddresses': (_, { emit }) => {
        const event = { event: 'refreshed', job: 'Move', mailbox: 'anna@old.example' } as const
        emit?.({ ...event, side: 'source', outcome: 'refreshed', address: 'anna@new.example' })
        emit?.({ ...event, side: 'target', outcome: 'unchanged', address: 'anna@old.example' })
        return { outcomes, failures: [] }
      },
      'job.refreshReport': () => undefined,
    })
    const scene = commandScene(engine, { jobs, connections: [connection({ settings: exchangeSettings })] })
    person.will({ presses: 'Save as a report…' }, { names: '/tmp/addresses.html' })
    await commands.refreshAddresses(scene.app, jobNodes(jobs)[0])
    assert.match(scene.documents[0]?.[1] ?? '', /\n- Source: anna@old\.example → anna@new\.example$/)
    const lines = [
      { side: 'source', mailbox: 'anna@old.example', outcome: 'refreshed', address: 'anna@new.example' },
      { side: 'target', mailbox: 'anna@old.example', outcome: 'unchanged', address: 'anna@old.example' },
    ] as const
    assert.deepEqual(engine.paramsOf('job.refreshReport'), [
      { name: 'id of Move', file: '/tmp/addresses.html', format: 'html', language: 'en', lines },
    ])
  })

  it('matches by the lists that Exchange’s administrators exported', async () => {
    const connections = [connection({ name: 'Old', settings: exchangeSettings }), connection({ name: 'New', role: 'target' })]
    const jobs = [job({ name: 'Move' })]
    const pairs = [{ source: { address: 'a' }, target: { address: 'b' } }]
    const engine = scriptedEngine({ 'job.match': ({ add }) => ({ pairs, unmatched: [], ambiguous: [], unused: [], added: add ? 1 : 0 }) })
    const list = { picks: ['List of mailboxes, as Get-Mailbox exported it…'] }
    person.will({ picks: ['Display name'] }, list, { names: '/tmp/old.csv' }, { presses: 'Add' })
    await commands.matchMailboxes(commandScene(engine, { jobs, connections }).app, jobNodes(jobs)[0])
    const wanted = { name: 'id of Move', by: 'displayName', sourceList: '/tmp/old.csv' }
    assert.deepEqual(engine.paramsOf('job.match'), [
      { ...wanted, add: false },
      { ...wanted, add: true },
    ])
  })

  it('accepts mailboxes that were made anew, after asking', async () => {
    const jobs = [job({ name: 'Move' })]
    const [move] = jobs
    assert.ok(move)
    const pairs = { Move: [pair({ id: asPairId('1') })] }
    const engine = scriptedEngine({ 'job.acceptReplacement': () => ({ pairs: 1 }) })
    const scene = commandScene(engine, { jobs, pairs })
    person.will()
    await assert.rejects(async () => commands.acceptReplacement(scene.app, pairNodes(move, pairs.Move)[0]))
    assert.deepEqual(engine.asked, [])
    person.will({ presses: 'Go on with them' })
    await commands.acceptReplacement(scene.app, pairNodes(move, pairs.Move)[0])
    assert.deepEqual(engine.paramsOf('job.acceptReplacement'), [{ name: 'id of Move', mailboxes: ['1'] }])
    assert.equal(person.asked.at(-1)?.text, '1 mailbox accepted; start the job again.')
  })

  it('lists mailboxes, or copies the line that lists them', async () => {
    const connections = [connection({ name: 'Old' })]
    const [node] = connectionNodes(connections)
    const listing = commandScene(
      scriptedEngine({ 'connection.mailboxes': () => ({ mailboxes: [{ address: 'anna@x', displayName: 'Anna' }] }) }),
      { connections },
    )
    await commands.listMailboxes(listing.app, node)
    assert.deepEqual(listing.documents, [['1 mailbox of “Old”', '- anna@x (Anna)']])
    person.will({ presses: 'Copy' })
    const silent = commandScene(scriptedEngine({ 'connection.mailboxes': () => ({ mailboxes: [], command: 'Get-Mailbox' }) }), {
      connections,
    })
    await commands.listMailboxes(silent.app, node)
    assert.deepEqual([written.get('clipboard'), silent.documents], ['Get-Mailbox', []])
  })

  it('takes the declaration of a domain change back', async () => {
    const engine = scriptedEngine({
      'domain.declare': () => ({
        connections: [{ connection: 'Old', role: 'source', because: ['admin'], marked: true, verification: { state: 'unverified' } }],
        others: [],
      }),
    })
    const connections = [connection({ name: 'Old', verification: stale })]
    person.will({ picks: ['contoso.net'] })
    await commands.takeBackDomainChange(commandScene(engine, { connections }).app)
    assert.deepEqual(engine.paramsOf('domain.declare'), [{ domain: 'contoso.net', undo: true }])
    assert.deepEqual(person.told('message'), ['Not stale any more: Old.'])
  })

  it('saves X500 addresses as a table, and takes a list that says what isn’t known', async () => {
    const jobs = [job({ name: 'Move' })]
    const unknown = { source: { address: 'a' }, target: { address: 'b' }, without: 'notLearned' } as const
    const engine = scriptedEngine({
      'job.x500': ({ sourceList }) => ({ job: 'Move', csv: 'table', pairs: sourceList === undefined ? [unknown] : [] }),
    })
    person.will(
      { presses: 'Give a list of mailboxes…' },
      { names: '/tmp/list.csv' },
      { presses: 'Save as a table…' },
      { names: '/tmp/x500.csv' },
    )
    await commands.showX500Script(commandScene(engine, { jobs }).app, jobNodes(jobs)[0])
    assert.deepEqual(
      engine.paramsOf('job.x500').map(({ sourceList }) => sourceList),
      [undefined, '/tmp/list.csv'],
    )
    assert.equal(written.get('/tmp/x500.csv'), 'table')
  })

  it('tells before the move what speaks against a mailbox, with the line to look at it', () => {
    const findings = [
      { about: 'quota', state: 'fine', detail: 'room enough' },
      { about: 'hold', state: 'notExamined', detail: 'holds', look: 'Get-Mailbox anna' },
    ] as const
    assert.deepEqual(preflightLines(wording, { event: 'mailbox', connection: 'New', mailbox: 'anna', readiness: findings }).slice(0, 3), [
      '## anna',
      '',
      '- ? not examined: holds',
    ])
    assert.deepEqual(preflightLines(wording, { event: 'mailbox', connection: 'New', mailbox: 'ben', readiness: findings.slice(0, 1) }), [])
  })
})
