import assert from 'node:assert/strict'
import type { CliEvent } from '../support/cli.ts'
import { type Company, startCompany } from '../support/company.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { snapshot } from '../support/snapshot.ts'

/** A job slow enough to be met at work: some ten seconds for each mailbox. */
const slow = { job: { limits: { megabytesPerSecond: 0.02, pairsAtOnce: 1 } } }
const quick = { job: {} }

const equal = async ({ source, target }: Company, user: string): Promise<void> =>
  assert.deepEqual(compareSnapshots(await snapshot(source, user), await snapshot(target, user)), [])

describe('stopping', function () {
  this.timeout(60_000)
  let company: Company
  beforeEach(async () => {
    company = await startCompany({ mailboxes: ['anna', 'berta'], messages: 500 })
    await company.apply(slow)
  })
  afterEach(() => company[Symbol.asyncDispose]())

  const atWork = async (...args: string[]) => {
    const run = company.start('job', 'start', 'move', '--json', ...args)
    await run.says(/"phase":"copy"/)
    return run
  }

  it('by Ctrl-C finishes the batch in hand; the next start goes on, and nothing is doubled', async () => {
    const run = await atWork()
    run.child.kill('SIGINT')
    const { code, stdout } = await run.finished
    assert.equal(code, 130, stdout)
    assert.match(stdout, /"event":"stopping"/)
    assert.match((await company.run('job', 'status', 'move')).stdout, /2 stopped/)
    await company.apply(quick)
    assert.equal((await company.run('job', 'start', 'move')).code, 0)
    for (const user of ['anna', 'berta']) await equal(company, user)
  })

  it('by a second Ctrl-C ends at once; after the lease the next start goes on, and nothing is lost or doubled', async () => {
    const run = await atWork('--lease', '3')
    run.child.kill('SIGINT')
    // Two signals at the same moment are one.
    await run.says(/"event":"stopping"/)
    run.child.kill('SIGINT')
    const { code, stdout } = await run.finished
    // Without the word that every batch in hand was finished.
    assert.equal(code, 130)
    assert.doesNotMatch(stdout, /"state":"stopped"/)
    await company.apply(quick)
    const next = await company.run('job', 'start', 'move')
    assert.equal(next.code, 0, next.stderr)
    for (const user of ['anna', 'berta']) await equal(company, user)
  })

  it('from elsewhere is obeyed within a second', async () => {
    const run = await atWork()
    const began = Date.now()
    assert.equal((await company.run('job', 'stop', 'move')).code, 0)
    const { code } = await run.finished
    assert.equal(code, 130)
    assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`)
  })

  it('does not wait for a server that is away', async () => {
    const run = await atWork()
    await company.target.stop()
    run.child.kill('SIGINT')
    const began = Date.now()
    const { code, stdout } = await run.finished
    assert.equal(code, 130, stdout)
    assert.ok(Date.now() - began < 15_000, `${Date.now() - began} ms`)
    await company.target.restart()
    await company.apply(quick)
    assert.equal((await company.run('job', 'start', 'move')).code, 0)
    for (const user of ['anna', 'berta']) await equal(company, user)
  })

  it('of a process that is killed leaves its mailbox to the next one, but only when its lease is over', async () => {
    const run = await atWork('--lease', '4')
    run.child.kill('SIGKILL')
    await run.finished
    const killed = Date.now()
    await company.apply(quick)
    const next = await company.run('job', 'start', 'move', '--json')
    assert.equal(next.code, 0, next.stdout)
    const following = next.events.find(({ event }) => event === 'following')
    assert.match(String(following?.['engine']), new RegExp(`/${run.child.pid}$`))
    assert.ok(Date.now() - killed > 3000)
    for (const user of ['anna', 'berta']) await equal(company, user)
  })
})

describe('two processes on one job', function () {
  this.timeout(60_000)

  it('share its mailboxes, each is run by one, and both end when all is done', async () => {
    await using company = await startCompany({ mailboxes: ['anna', 'berta', 'clara', 'dora'], messages: 200 })
    await company.apply({ job: { limits: { megabytesPerSecond: 0.2, pairsAtOnce: 2 } } })
    const [one, two] = await Promise.all([company.run('job', 'start', 'move', '--json'), company.run('job', 'start', 'move', '--json')])
    assert.deepEqual([one.code, two.code], [0, 0], one.stdout + two.stdout)
    const claims = [one, two].map(({ events }) => events.filter(isClaim).map(({ source }) => source))
    assert.deepEqual(claims.flat().sort(), ['anna', 'berta', 'clara', 'dora'])
    assert.ok(one.events.concat(two.events).some(({ event }) => event === 'following'))
    for (const user of ['anna', 'berta', 'clara', 'dora']) await equal(company, user)
  })
})

const isClaim = ({ event, state }: CliEvent): boolean => event === 'pair' && (state as { state: string }).state === 'running'
