import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { testAuthority } from '../support.ts'
import { contoso, errorCode } from './support.ts'

const graphAppId = '00000003-0000-0000-c000-000000000000'
const mayRegister = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Directory.Read.All']

describe('registering an application in the sandbox’s Graph', () => {
  it('takes the steps of the portal: application, service principal, secret, certificate, consent', async () => {
    await using cloud = await contoso({ permissions: mayRegister })
    const client = cloud.client()
    const made = await client.api('/applications').post({ displayName: 'Ferry', signInAudience: 'AzureADMyOrg' })
    const { secretText } = await client.api(`/applications/${made.id}/addPassword`).post({ passwordCredential: { displayName: 'first' } })
    const signIn = async () =>
      (
        await cloud.token({
          client_id: made.appId,
          client_secret: secretText,
          grant_type: 'client_credentials',
          scope: 'https://graph.microsoft.com/.default',
        })
      ).json
    assert.deepEqual((await signIn())['error_codes'], [700016])
    const principal = await client.api('/servicePrincipals').post({ appId: made.appId })
    const graph = await client.api(`/servicePrincipals(appId='${graphAppId}')`).get()
    const role = graph.appRoles.find(({ value }: { value: string }) => value === 'Mail.ReadWrite')
    const assignment = { principalId: principal.id, resourceId: graph.id, appRoleId: role.id }
    const consented = await client.api(`/servicePrincipals/${principal.id}/appRoleAssignments`).post(assignment)
    await assert.rejects(client.api(`/servicePrincipals/${principal.id}/appRoleAssignments`).post(assignment), /already exists/)
    const rolesOf = async () => {
      const claims = cloud.tenant.tokens.check(String((await signIn())['access_token']))
      return typeof claims === 'object' ? claims.roles : claims
    }
    assert.deepEqual(await rolesOf(), ['Mail.ReadWrite'])
    await client.api(`/servicePrincipals/${principal.id}/appRoleAssignments/${consented.id}`).delete()
    assert.equal(await rolesOf(), undefined)

    const { cert } = await (await testAuthority()).issue({ names: ['ferry'], algorithm: 'rsa' })
    const key = Buffer.from(new X509Certificate(cert).raw).toString('base64')
    await client.api(`/applications/${made.id}`).patch({ keyCredentials: [{ type: 'AsymmetricX509Cert', usage: 'Verify', key }] })
    const read = await client.api(`/applications/${made.id}`).get()
    assert.equal(read.keyCredentials.length, 1)
    assert.equal(read.passwordCredentials[0].secretText, null)
    await client.api(`/applications/${made.id}`).delete()
    assert.deepEqual((await signIn())['error_codes'], [700016])
  })

  it('wants the permission, and an administrator where a person asks', async () => {
    await using cloud = await contoso()
    assert.equal(
      errorCode(await cloud.graph('applications', { method: 'POST', body: { displayName: 'Ferry' } })),
      'Authorization_RequestDenied',
    )
    const asPerson = ({ objectGuid, userPrincipalName }: typeof cloud.anna) =>
      cloud.tenant.tokens.issue({
        audience: 'https://graph.microsoft.com',
        appId: cloud.app.application.appId,
        objectId: objectGuid,
        scope: 'Application.ReadWrite.All',
        upn: userPrincipalName,
      })
    const post = (token: string) =>
      cloud.graph('applications', { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: { displayName: 'Ferry' } })
    assert.equal((await post(asPerson(cloud.anna))).status, 403)
    assert.equal((await post(asPerson(cloud.admin))).status, 201)
  })

  it('opens to a person their own mailbox, and shared ones they have full access to', async () => {
    await using cloud = await contoso()
    const token = cloud.tenant.tokens.issue({
      audience: 'https://graph.microsoft.com',
      appId: cloud.app.application.appId,
      objectId: cloud.anna.objectGuid,
      scope: 'Mail.ReadWrite Mail.ReadWrite.Shared',
      upn: cloud.anna.userPrincipalName,
    })
    const status = async (path: string) => (await cloud.graph(path, { headers: { authorization: `Bearer ${token}` } })).status
    assert.equal(await status('me/messages'), 200)
    assert.equal(await status('users/ben@contoso.test/messages'), 403)
    cloud.ben.fullAccess.add(cloud.anna.objectGuid)
    assert.equal(await status('users/ben@contoso.test/messages'), 200)
  })

  it('lists calendars, contacts and tasks as far as counting goes, and the settings of a mailbox', async () => {
    await using cloud = await contoso({ permissions: ['Calendars.Read', 'Contacts.Read', 'Tasks.Read.All', 'MailboxSettings.Read'] })
    const user = 'users/anna@contoso.test'
    for (const path of ['events', 'contacts', 'todo/lists', 'calendars', 'contactFolders'])
      assert.equal((await cloud.graph(`${user}/${path}?$top=1`)).status, 200, path)
    assert.equal((await cloud.graph(`${user}/events?$count=true`)).json['@odata.count'], 0)
    assert.equal((await cloud.graph(`${user}/mailboxSettings`)).json['userPurpose'], 'user')
    cloud.tenant.users.get(cloud.anna.objectGuid)?.inboxRules.push({ displayName: 'Away', isEnabled: true, actions: { forwardTo: [] } })
    const rules = (await cloud.graph(`${user}/mailFolders/inbox/messageRules`)).json['value']
    assert.deepEqual(rules, [{ displayName: 'Away', isEnabled: true, actions: { forwardTo: [] } }])
  })
})
