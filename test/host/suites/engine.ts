import assert from 'node:assert/strict'
import { commands } from 'vscode'
import { codeOf, running, toNowhere, until } from '../support.ts'

describe('engine', () => {
  it('fails what is pending at once when it is killed, is started again, and has lost nothing', async () => {
    const { engine, mirror } = await running()
    await engine.call('connection.save', { connection: toNowhere('kept', 'source') })
    const { state } = engine
    assert.ok(state.state === 'running')
    // Nothing answers under this name, so the call is pending for as long as the name is looked up.
    const pending = codeOf(engine.call('connection.tryOut', { connection: toNowhere('kept', 'source'), secret: 'mailbox,user,password' }))
    const killed = performance.now()
    process.kill(state.pid, 'SIGKILL')
    assert.equal(await pending, 'engine.died')
    assert.ok(performance.now() - killed < 2000, 'the call was left pending')
    await until('another engine runs', () => engine.state.state === 'running' && engine.state.pid !== state.pid)
    assert.deepEqual((await engine.call('connection.show', { name: 'kept' })).usedBy, [])
    await until('the views have it again', () => mirror.connections.some(({ name }) => name === 'kept'))
  })

  it('locks a connection from the moment a job uses it', async () => {
    const { engine, mirror } = await running()
    const { id, settings } = await engine.call('connection.show', { name: 'kept' })
    await engine.call('connection.save', { connection: toNowhere('elsewhere', 'target') })
    await engine.call('job.save', { job: { name: 'Locks', source: 'kept', target: 'elsewhere' }, add: [{ source: 'anna' }] })
    const edited = { ...toNowhere('kept', 'source'), signIn: { method: 'token' as const } }
    const edit = engine.call('connection.save', { id, before: { ...settings }, connection: edited })
    await assert.rejects(edit, { code: 'inUse', params: { connection: 'kept', jobs: ['Locks'] } })
    assert.equal(await codeOf(engine.call('connection.delete', { name: 'kept' })), 'inUse')
    await until('the views say who uses it', () => mirror.connection(id)?.usedBy[0] === 'Locks')
  })

  it('shows jobs, connections and the log by commands that ask nothing', async () => {
    await running()
    for (const id of ['showJobs', 'showLog', 'refreshViews', 'showJournal']) await commands.executeCommand(`mailferry.${id}`)
  })
})
