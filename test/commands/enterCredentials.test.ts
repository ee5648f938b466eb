import assert from 'node:assert/strict'
import type { handlers as Handlers } from '../../src/commands/handlers.ts'
import { written } from '../support/commands/editor.ts'
import { loadHandlers } from '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene, connectionNodes } from '../support/commands/scene.ts'
import { byAdmin, office365Settings } from '../support/webview/office365.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { connection, credentialsNeeded } from '../views/build.ts'

describe('entering the credentials of an administrator of Office 365', () => {
  let commands: typeof Handlers
  const connections = [connection({ name: 'Cloud', settings: byAdmin('admin@contoso.com'), verification: credentialsNeeded })]
  const [node] = connectionNodes(connections)
  const engineFor = (user: string) =>
    scriptedEngine({
      'office365.signIn'(_params, { emit }) {
        emit?.({ event: 'deviceCode', userCode: 'ABCD2345', page: 'https://login.test/device', until: '2026-01-01T12:15:00Z' })
        return { user, tenant: 'tenant-1', clientId: 'public-1', refreshToken: 'token' }
      },
    })
  before(async () => {
    commands = await loadHandlers()
  })

  it('goes by a code: it is copied, its page opened, and the token stored', async () => {
    const engine = engineFor('Admin@contoso.com')
    const scene = commandScene(engine, { connections })
    person.will({ presses: 'Copy Code and Open Page' })
    await commands.enterCredentials(scene.app, node)
    assert.deepEqual(engine.paramsOf('office365.signIn'), [{ role: 'source', clientId: 'public-1' }])
    assert.match(person.told('message')[0] ?? '', /ABCD2345/)
    assert.deepEqual([written.get('clipboard'), written.get('browser')], ['ABCD2345', 'https://login.test/device'])
    assert.deepEqual([...scene.secretsStored.values()], ['token'])
  })

  it('stores nothing where somebody else signed in', async () => {
    const scene = commandScene(engineFor('other@contoso.com'), { connections })
    person.will()
    await assert.rejects(async () => commands.enterCredentials(scene.app, node), { code: 'usage' })
    assert.equal(scene.secretsStored.size, 0)
  })
})

describe('entering the certificate of an application of Office 365', () => {
  let commands: typeof Handlers
  const connections = [connection({ name: 'Cloud', settings: office365Settings })]
  const [node] = connectionNodes(connections)
  const made = { pem: 'key and certificate', certificate: '-----BEGIN CERTIFICATE-----', validTo: '2027-01-01T00:00:00Z' }
  const engine = scriptedEngine({ 'office365.certificate': () => made, 'office365.renewScript': () => ({ script: '# script' }) })
  before(async () => {
    commands = await loadHandlers()
  })

  it('makes a new one with the script for its application, and takes it once the tenant has it', async () => {
    const scene = commandScene(engine, { connections })
    person.will({ picks: ['Make a New Certificate…'] }, { presses: 'The Tenant Has It: Use It' })
    await commands.enterCredentials(scene.app, node)
    assert.deepEqual(engine.paramsOf('office365.renewScript'), [{ clientId: 'client-1', certificate: made.certificate }])
    assert.deepEqual(person.told('document'), ['# script'])
    assert.deepEqual([...scene.secretsStored.values()], [made.pem])
  })

  it('keeps the former one until then', async () => {
    const scene = commandScene(engine, { connections })
    person.will({ picks: ['Make a New Certificate…'] })
    await commands.enterCredentials(scene.app, node)
    assert.equal(scene.secretsStored.size, 0)
  })
})
