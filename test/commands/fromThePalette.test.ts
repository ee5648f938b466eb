import assert from 'node:assert/strict'
import type { handlers as Handlers } from '../../src/commands/handlers.ts'
import { asPairId } from '../../src/domain/ids.ts'
import { loadHandlers } from '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene } from '../support/commands/scene.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { job, pair } from '../views/build.ts'

describe('a command from the palette', () => {
  let commands: typeof Handlers
  const jobs = [job({ name: 'Move', states: { waiting: 1, new: 1 } }), job({ name: 'Empty' })]
  const held = { state: 'waiting', for: 'person', error: { code: 'pair.deletionsHeld', params: { deletions: 7, items: 10 } } } as const
  const pairs = {
    Move: [
      pair({ id: asPairId('1'), source: { address: 'anna' }, target: { address: 'anna' }, state: held }),
      pair({ id: asPairId('2'), source: { address: 'ben' }, target: { address: 'ben' } }),
    ],
  }

  before(async () => {
    commands = await loadHandlers()
  })

  it('asks for the job, then for its mailboxes, where it is about some', async () => {
    const engine = scriptedEngine({ 'job.prioritise': () => undefined })
    person.will({ picks: ['Move'] }, { picks: ['anna', 'ben'] }, { types: '3' })
    await commands.setPriority(commandScene(engine, { jobs, pairs }).app, undefined)
    assert.deepEqual(person.asked[0]?.offers, ['Move'])
    assert.deepEqual(engine.paramsOf('job.prioritise'), [{ name: 'id of Move', priorities: [{ pairs: ['1', '2'], priority: 3 }] }])
  })

  it('offers only mailboxes that it can be done to', async () => {
    const engine = scriptedEngine({ 'job.queue': () => ({ pairs: 1 }) })
    person.will({ picks: ['Move'] }, { picks: ['anna'] }, { presses: 'Delete' })
    await commands.allowDeletions(commandScene(engine, { jobs, pairs }).app, undefined)
    assert.deepEqual(person.asked[1]?.offers, ['anna'])
    assert.deepEqual(engine.paramsOf('job.queue'), [{ name: 'id of Move', delta: true, deletionsAllowed: 7, mailboxes: ['1'] }])
  })

  it('shows what is known of one mailbox that is chosen', async () => {
    const engine = scriptedEngine({
      'pair.details': () => ({ ...pairs.Move[1], ...pair(), job: 'Move', folders: [], items: [], more: false }),
    })
    const scene = commandScene(engine, { jobs, pairs })
    person.will({ picks: ['Move'] }, { picks: ['ben'] })
    await commands.showProblem(scene.app)
    assert.equal(engine.paramsOf('pair.details')[0]?.pair, '2')
    assert.equal(scene.documents.length, 1)
  })

  it('shows only the mailboxes in need of attention, or with a text in their address', async () => {
    const filtered: unknown[][] = []
    const { app } = commandScene(scriptedEngine({}), { jobs })
    const withViews = {
      ...app,
      views: { filterJobs: (...by: unknown[]) => void filtered.push(by) },
      setContext: (...context: unknown[]) => void filtered.push(context),
    } as unknown as typeof app
    person.will({ picks: ['In need of attention'] })
    await commands.filterJobs(withViews)
    person.will({ picks: ['Part of an address or name…'] }, { types: ' anna ' })
    await commands.filterJobs(withViews)
    assert.deepEqual(filtered, [
      [{ states: ['failed', 'waiting', 'completedWithDifferences'] }, 'Only these mailboxes are shown: In need of attention.'],
      ['mailferry.jobsFiltered', true],
      [{ text: 'anna' }, 'Only what contains “anna” is shown.'],
      ['mailferry.jobsFiltered', true],
    ])
  })

  it('ends where nothing is chosen', async () => {
    person.will()
    await assert.rejects(async () => commands.setPriority(commandScene(scriptedEngine({}), { jobs, pairs }).app, undefined))
  })
})

describe('how a job came to rest', () => {
  const jobs = [job({ name: 'Move', states: { completed: 1 } })]
  const told = async (outcome: 'completed' | 'completedWithDifferences' | 'failed' | 'stopped', presses: string) => {
    const { notifyOutcome } = await import('../../src/commands/notify.ts')
    const scene = commandScene(scriptedEngine({}), { jobs })
    const [move] = jobs
    assert.ok(move)
    person.will({ presses })
    await notifyOutcome(scene.app, { job: move, outcome })
    return [person.asked.map(({ offers }) => offers), scene.ran.map(([command]) => command)]
  }

  it('is told with what comes next: the report, or the job; what a person stopped isn’t told', async () => {
    assert.deepEqual(await told('completed', 'Report…'), [[['Report…']], ['reportJob']])
    assert.deepEqual(await told('completedWithDifferences', 'Report…'), [[['Report…']], ['reportJob']])
    assert.deepEqual(await told('failed', 'Show job'), [[['Show job']], ['showJob']])
    assert.deepEqual(await told('stopped', ''), [[], []])
  })
})
