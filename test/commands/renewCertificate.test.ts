import assert from 'node:assert/strict'
import type { handlers as Handlers } from '../../src/commands/handlers.ts'
import { MailferryError } from '../../src/domain/errors.ts'
import { storedError } from '../../src/migration/storedError.ts'
import type { RenewResult } from '../../src/rpc/results.ts'
import { loadHandlers } from '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene, connectionNodes } from '../support/commands/scene.ts'
import { byAdmin, office365Settings } from '../support/webview/office365.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { connection, endingIn } from '../views/build.ts'

const refused: RenewResult = {
  renewed: false,
  why: storedError(
    new MailferryError('permission.graph', {
      host: 'graph',
      user: 'client-1',
      reason: 'consent',
      needs: ['Application.Read.All'],
      response: '',
    }),
  ),
}

describe('renewing the certificate of an application of Office 365', () => {
  let commands: typeof Handlers
  const connections = [
    connection({ name: 'Cloud', settings: office365Settings, verification: endingIn(9) }),
    connection({ name: 'Person', settings: byAdmin('admin@contoso.com') }),
  ]
  const [node] = connectionNodes(connections)
  const engineThat = (answer: (objectId: string | undefined) => RenewResult) =>
    scriptedEngine({ 'office365.renew': ({ objectId }) => answer(objectId), 'connection.check': () => ({ connections: [] }) })
  before(async () => {
    commands = await loadHandlers()
  })

  it('keeps what the engine answers, for the one whose certificate ends soon, and looks at the connection again', async () => {
    const engine = engineThat(() => ({ renewed: true, validTo: '2027-01-01T00:00:00Z', secret: 'new key' }))
    const scene = commandScene(engine, { connections })
    person.will()
    await commands.renewCertificate(scene.app, undefined)
    assert.deepEqual(engine.paramsOf('office365.renew'), [{ name: 'Cloud', give: true }])
    assert.deepEqual([...scene.secretsStored.values()], ['new key'])
    assert.deepEqual(engine.paramsOf('connection.check'), [{ names: ['Cloud'] }])
    assert.match(person.told('message')[0] ?? '', /good until 1 Jan 2027/)
  })

  it('asks for the object id where the tenant doesn’t tell it', async () => {
    const engine = engineThat(objectId =>
      objectId === 'object-1' ? { renewed: true, validTo: '2027-01-01T00:00:00Z', secret: 'key' } : refused,
    )
    const scene = commandScene(engine, { connections })
    person.will({ types: 'object-1' })
    await commands.renewCertificate(scene.app, node)
    assert.deepEqual([...scene.secretsStored.values()], ['key'])
  })

  it('leads to the script otherwise, and stores nothing', async () => {
    const scene = commandScene(
      engineThat(() => refused),
      { connections },
    )
    person.will({ types: '' }, { presses: 'Enter credentials…' })
    await commands.renewCertificate(scene.app, node)
    assert.match(person.told('message')[0] ?? '', /can’t renew its certificate itself; a script can.*Application\.Read\.All/)
    assert.deepEqual([scene.ran, scene.secretsStored.size], [[['enterCredentials', node]], 0])
  })
})
