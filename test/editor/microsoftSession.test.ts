import assert from 'node:assert/strict'
import { createMicrosoftSignIn, type GetSession } from '../../src/editor/microsoftSession.ts'

describe('VS Code’s Microsoft sign-in', () => {
  const asked: Parameters<GetSession>[] = []
  const signIn = createMicrosoftSignIn(async (...args) => {
    asked.push(args)
    return { accessToken: 'token', account: { label: 'admin@contoso.test' } }
  })
  const wish = { clientId: 'client-1', scopes: ['https://graph.test/Application.ReadWrite.All'] }

  it('is asked by the public client in the tenant that is meant, and which account to take', async () => {
    assert.deepEqual(await signIn({ ...wish, cloud: 'global', tenant: 'contoso.test' }), { token: 'token', user: 'admin@contoso.test' })
    assert.deepEqual(asked.pop(), [
      'microsoft',
      ['https://graph.test/Application.ReadWrite.All', 'VSCODE_CLIENT_ID:client-1', 'VSCODE_TENANT:contoso.test'],
      { createIfNone: true, clearSessionPreference: true },
    ])
  })

  it('is the one for sovereign clouds outside of the worldwide one, in whatever tenant the person has', async () => {
    await signIn({ ...wish, cloud: 'china' })
    const [provider, scopes] = asked.pop() ?? []
    assert.deepEqual([provider, scopes?.at(-1)], ['microsoft-sovereign-cloud', 'VSCODE_TENANT:organizations'])
  })
})
