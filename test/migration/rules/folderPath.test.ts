import assert from 'node:assert/strict'
import fc from 'fast-check'
import { joinPath, splitPath } from '../../../src/domain/folderPath.ts'
import { isInbox, pathKey } from '../../../src/migration/rules/folderPath.ts'

describe('a folder path as people write it', () => {
  it('joins names by a slash and marks a slash inside a name', () => {
    assert.equal(joinPath(['Clients', 'A/B', 'x\\y']), 'Clients/A\\/B/x\\\\y')
  })

  it('is read back as the same names, whatever they contain', () => {
    const path = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(path, names => assert.deepEqual(splitPath(joinPath(names)), names)))
  })

  it('may begin or end with a slash', () => {
    assert.deepEqual(splitPath('/Projects//2024/'), ['Projects', '2024'])
  })
})

describe('two folder paths', () => {
  const same = (a: string, b: string, caseSensitive: boolean): boolean =>
    pathKey(splitPath(a), { caseSensitive }) === pathKey(splitPath(b), { caseSensitive })

  it('are the same for INBOX in any case, as a parent too', () => {
    assert.ok(isInbox(['Inbox']))
    assert.ok(same('inbox/Work', 'INBOX/Work', true))
    assert.ok(!isInbox(['INBOX', 'Inbox']))
  })

  it('differ by case only where the server tells them apart', () => {
    assert.ok(!same('Work', 'work', true))
    assert.ok(same('Work', 'work', false))
  })

  it('are the same however their accents are composed', () => {
    assert.ok(same('Entwu\u0308rfe', 'Entw\u00fcrfe', true))
  })
})
