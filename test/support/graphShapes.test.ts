import assert from 'node:assert/strict'
import { recordShapes } from './graphShapes.ts'

describe('the table of documented requests to Graph', () => {
  const met = (method: string, path: string) => () => {
    const { watch, check } = recordShapes()
    watch(method, path)
    check()
  }

  it('lets what Microsoft documents pass, with links of Graph’s own', () => {
    met('GET', "/v1.0/users?$filter=mail%20eq%20'a'&$select=id")()
    met('GET', '/v1.0/users/1/mailFolders/2/messages/delta?$deltatoken=opaque')()
  })

  for (const [what, method, path] of [
    ['a path', 'GET', '/v1.0/users/1/outlook/masterCategories'],
    ['a method', 'PUT', '/v1.0/users/1/messages/2'],
    ['an option', 'GET', '/v1.0/users/1/mailboxSettings?$expand=x'],
    ['a version', 'GET', '/beta/users'],
  ] as const)
    it(`fails for ${what} that is in none of its rows`, () => assert.throws(met(method, path)))

  it('fails where nothing was met', () => assert.throws(() => recordShapes().check()))
})
