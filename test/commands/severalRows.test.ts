import assert from 'node:assert/strict'
import type { handlers as Handlers } from '../../src/commands/handlers.ts'
import { MailferryError } from '../../src/domain/errors.ts'
import { asPairId } from '../../src/domain/ids.ts'
import type { ResetResult } from '../../src/rpc/results.ts'
import { loadHandlers } from '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene, connectionNodes, jobNodes, pairNodes } from '../support/commands/scene.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { connection, exchangeSettings, job, pair, recorded, stale, verified } from '../views/build.ts'

const running = (name: string) => new MailferryError('job.running', { job: name, operation: 'deleting it' })

describe('a command on several rows', () => {
  let commands: typeof Handlers

  before(async () => {
    commands = await loadHandlers()
  })

  it('deletes every selected connection that no job uses, asked for once by name, and tells of those that jobs use', async () => {
    const connections = [connection({ name: 'A' }), connection({ name: 'B', usedBy: ['Move'] }), connection({ name: 'C' })]
    const engine = scriptedEngine({ 'connection.delete': () => undefined })
    const scene = commandScene(engine, { connections })
    const nodes = connectionNodes(connections)
    person.will({ presses: 'Delete' })
    await commands.deleteConnection(scene.app, nodes[0], nodes)
    const [asked, told, ...more] = person.asked
    assert.equal(asked?.text, 'Delete 2 connections?')
    assert.match(asked?.detail ?? '', /^A\nC\n\n/)
    assert.deepEqual([told?.text, more], ['2 of 3 connections deleted.', []])
    assert.match(told?.detail ?? '', /^B: The connection “B” is used by the job “Move”/)
    assert.deepEqual(
      engine.paramsOf('connection.delete').map(({ name }) => name),
      ['id of A', 'id of C'],
    )
    assert.deepEqual(scene.secretsDeleted, ['id of A', 'id of C'])
  })

  it('refuses one used connection alone before anything is asked, with its own next steps', async () => {
    const connections = [connection({ name: 'B', usedBy: ['Move'] })]
    const scene = commandScene(scriptedEngine({}), { connections })
    person.will()
    await assert.rejects(async () => commands.deleteConnection(scene.app, connectionNodes(connections)[0]), { code: 'inUse' })
    assert.deepEqual(person.asked, [])
  })

  it('deletes jobs, and a mailbox that is selected too takes no job with it', async () => {
    const jobs = [job({ name: 'One' }), job({ name: 'Two' }), job({ name: 'Three' })]
    const [one, two, three] = jobNodes(jobs)
    const engine = scriptedEngine({
      'job.delete': ({ name }) => {
        if (name === 'id of Two') throw running('Two')
      },
    })
    const scene = commandScene(engine, { jobs })
    assert.ok(one && two && three)
    person.will({ presses: 'Delete' })
    await commands.deleteJob(scene.app, one, [one, two, { type: 'pair', job: three.job, pair: asPairId('p') }])
    assert.deepEqual(
      engine.paramsOf('job.delete').map(({ name }) => name),
      ['id of One', 'id of Two'],
    )
    assert.equal(person.asked[0]?.text, 'Delete 2 jobs?')
    assert.deepEqual([person.asked[1]?.text, person.asked[1]?.detail?.slice(0, 5)], ['1 of 2 jobs deleted.', 'Two: '])
  })

  it('starts the jobs that can be, and names the one with a stale connection', async () => {
    const connections = [connection({ name: 'Old', verification: stale }), connection({ name: 'Good', verification: verified })]
    const jobs = [job({ name: 'Held' }), job({ name: 'Free', source: 'Good', target: 'Good' })]
    const engine = scriptedEngine({ 'job.queue': () => ({ pairs: 1 }) })
    const scene = commandScene(engine, { connections, jobs })
    const nodes = jobNodes(jobs)
    person.will()
    await commands.startJob(scene.app, nodes[0], nodes)
    assert.deepEqual(
      engine.paramsOf('job.queue').map(({ name }) => name),
      ['id of Free'],
    )
    assert.equal(person.asked.length, 1)
    assert.equal(person.asked[0]?.text, '1 of 2 jobs started.')
    assert.match(person.asked[0]?.detail ?? '', /^Held: The connection “Old” is stale/)
  })

  it('offers what helps against the refusal right there', async () => {
    const connections = [connection({ name: 'Old', settings: exchangeSettings, verification: stale })]
    const jobs = [job({ name: 'Held' }), job({ name: 'Held too' })]
    const scene = commandScene(scriptedEngine({}), { connections, jobs })
    const nodes = jobNodes(jobs)
    person.will({ presses: 'Reconfigure…' })
    await commands.startJob(scene.app, nodes[0], nodes)
    assert.deepEqual(scene.ran, [['reconfigureConnection', { type: 'connection', connection: 'id of Old' }]])
  })

  it('stops those of the selected jobs that are wanted to run', async () => {
    const jobs = [job({ name: 'A', wanted: 'run' }), job({ name: 'B' }), job({ name: 'C', wanted: 'run' })]
    const engine = scriptedEngine({ 'job.stop': () => undefined })
    const nodes = jobNodes(jobs)
    person.will()
    await commands.stopJob(commandScene(engine, { jobs }).app, nodes[0], nodes)
    assert.deepEqual(
      engine.paramsOf('job.stop').map(({ name }) => name),
      ['id of A', 'id of C'],
    )
    assert.deepEqual(person.asked, [])
  })

  it('tests all of them and tells the outcome once, each failure with its reason', async () => {
    const connections = [connection({ name: 'A' }), connection({ name: 'B' }), connection({ name: 'C' })]
    const refused = { code: 'signIn.refused', params: { host: 'h', user: 'u', response: 'no' } } as const
    const engine = scriptedEngine({
      'connection.test': ({ name }, { emit }) => {
        if (name === 'id of B') emit?.({ event: 'check', connection: 'B', name: 'signIn', state: 'failed', detail: 'h', error: refused })
        return name === 'id of A' ? { recorded } : {}
      },
    })
    const nodes = connectionNodes(connections)
    person.will()
    await commands.testConnection(commandScene(engine, { connections }).app, nodes[0], nodes)
    assert.deepEqual(person.told('message'), ['1 of 3 connections work.'])
    assert.match(person.asked[0]?.detail ?? '', /^B: .*refused.*\nC: It needs a mailbox to open/)
  })

  it('asks for a mailbox where a test of one connection can’t be ended without', async () => {
    const connections = [connection({ name: 'A' })]
    const engine = scriptedEngine({ 'connection.test': ({ mailbox }) => (mailbox === undefined ? {} : { recorded }) })
    person.will({ types: ' anna@old.example ' })
    await commands.testConnection(commandScene(engine, { connections }).app, connectionNodes(connections)[0])
    assert.deepEqual(
      engine.paramsOf('connection.test').map(({ mailbox }) => mailbox),
      [undefined, 'anna@old.example'],
    )
    assert.deepEqual(person.told('message'), ['“A” works.'])
  })

  it('refreshes the addresses of all in one document', async () => {
    const jobs = [job({ name: 'A' }), job({ name: 'B' })]
    const outcomes = { refreshed: 1, unchanged: 0, notFound: 0, ambiguous: 0, failed: 0 }
    const engine = scriptedEngine({ 'job.refreshAddresses': () => ({ outcomes, failures: [] }) })
    const scene = commandScene(engine, { jobs })
    const nodes = jobNodes(jobs)
    person.will()
    await commands.refreshAddresses(scene.app, nodes[0], nodes)
    assert.deepEqual(
      scene.documents.map(([title]) => title),
      ['Email addresses of 2 jobs'],
    )
    assert.match(scene.documents[0]?.[1] ?? '', /## A[\s\S]*1 refreshed[\s\S]*## B/)
  })

  it('resets the selected mailboxes, named in the one question, in the way that was chosen', async () => {
    const jobs = [job({ name: 'A' }), job({ name: 'B' })]
    const [a, b] = jobs
    assert.ok(a && b)
    const pairs = {
      A: [pair({ id: asPairId('1'), source: { address: 'anna@x' } })],
      B: [pair({ id: asPairId('2'), source: { address: 'ben@x' } })],
    }
    const engine = scriptedEngine({ 'job.reset': (): ResetResult => ({ pairs: 1 }) })
    const nodes = [...pairNodes(a, pairs.A), ...pairNodes(b, pairs.B)]
    person.will({ picks: ['Forget, and remove what was written'] }, { presses: 'Reset' })
    await commands.resetJob(commandScene(engine, { jobs, pairs }).app, nodes[0], nodes)
    assert.match(person.asked[1]?.detail ?? '', /^A: anna@x\nB: ben@x\n/)
    assert.deepEqual(engine.paramsOf('job.reset'), [
      { name: 'id of A', mode: 'remove', mailboxes: ['1'] },
      { name: 'id of B', mode: 'remove', mailboxes: ['2'] },
    ])
    assert.equal(person.asked.at(-1)?.text, '2 of 2 jobs reset.')
  })

  it('gives one priority to mailboxes of several jobs', async () => {
    const jobs = [job({ name: 'A' }), job({ name: 'B' })]
    const [a, b] = jobs
    assert.ok(a && b)
    const pairs = { A: [pair({ id: asPairId('1') }), pair({ id: asPairId('2') })], B: [pair({ id: asPairId('3') })] }
    const engine = scriptedEngine({ 'job.prioritise': () => undefined })
    const nodes = [...pairNodes(a, pairs.A), ...pairNodes(b, pairs.B)]
    person.will({ types: '7' })
    await commands.setPriority(commandScene(engine, { jobs, pairs }).app, nodes[0], nodes)
    assert.equal(person.asked[0]?.text, 'Priority of 3 mailboxes')
    assert.deepEqual(
      engine.paramsOf('job.prioritise').map(({ priorities }) => priorities),
      [[{ pairs: ['1', '2'], priority: 7 }], [{ pairs: ['3'], priority: 7 }]],
    )
  })
})
