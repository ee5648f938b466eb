import assert from 'node:assert/strict'
import fc from 'fast-check'
import { joinPath } from '../../../src/domain/folderPath.ts'
import { folderFilter, idleGlobs, withinFilters } from '../../../src/migration/rules/filterFolder.ts'

const included = (globs: string[], ...path: string[]): boolean => folderFilter({ includeFolders: globs })(path)
const excluded = (globs: string[], ...path: string[]): boolean => !folderFilter({ excludeFolders: globs })(path)

describe('folder filters', () => {
  it('take every folder where nothing is said', () => {
    assert.ok(folderFilter({})(['Anything']))
    assert.ok(folderFilter({ includeFolders: [], excludeFolders: [] })(['Anything']))
  })

  it('take a named folder with all below it, in any case', () => {
    assert.ok(included(['Projects'], 'projects'))
    assert.ok(included(['Projects'], 'PROJECTS', '2024', 'Q1'))
    assert.ok(!included(['Projects'], 'Other', 'Projects'))
    assert.ok(included(['ärger'], 'ÄRGER'))
    assert.ok(included(['inbox'], 'INBOX'))
  })

  it('tell what is below a folder from the folder itself', () => {
    assert.ok(included(['Projects/*'], 'Projects', '2024', 'Q1'))
    assert.ok(!included(['Projects/*'], 'Projects'))
  })

  it('find a name at any depth', () => {
    for (const path of [['Spam'], ['a', 'Spam'], ['a', 'b', 'spam', 'c']]) assert.ok(excluded(['**/Spam'], ...path))
    assert.ok(!excluded(['**/Spam'], 'a', 'Spammers'))
  })

  it('leave out what is excluded even where it is included as well', () => {
    const isIn = folderFilter({ includeFolders: ['Projects', 'Archive/20*'], excludeFolders: ['Projects/Secret', 'Archive'] })
    assert.ok(isIn(['Projects', 'Open']))
    assert.ok(!isIn(['Projects', 'Secret', 'Deeper']))
    assert.ok(!isIn(['Archive', '2020']))
  })

  it('know *, ?, sets and braces', () => {
    assert.ok(included(['200?'], '2004'))
    assert.ok(!included(['200?'], '20044'))
    assert.ok(included(['[ab]c'], 'bc'))
    assert.ok(included(['{Sent,Drafts}/x'], 'drafts', 'x'))
    assert.ok(included(['*'], '.hidden'))
  })

  it('take the characters of real folder names for what they are', () => {
    for (const name of ['Offers (2024)', 'C++', 'a|b', '"quoted"', '!urgent', '@home', 'a^b$', 'x{y', 'x[y', '[Gmail]', '..', 'a\\b']) {
      assert.ok(included([joinPath([name])], name), name)
    }
    assert.ok(included(['Offers (20*)'], 'Offers (2024)'))
    assert.ok(!included(['a|b'], 'b'))
    assert.ok(!included(['!x'], 'y'))
  })

  it('tell a slash inside a name from one between names', () => {
    assert.ok(included(['A\\/B'], 'A/B'))
    assert.ok(!included(['A/B'], 'A/B'))
    assert.ok(included(['A*'], 'A/B'))
    assert.ok(!included(['A\\/B'], 'A', 'B'))
  })

  it('match every folder by its own path', () => {
    const names = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 })
    fc.assert(fc.property(names, path => assert.ok(folderFilter({ includeFolders: [joinPath(path)] })(path))))
  })

  it('never include below what they exclude', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'A')
    const path = fc.array(name, { minLength: 1, maxLength: 4 })
    const globs = fc.array(fc.constantFrom('a', 'b/*', '**/c', '?/b', '{a,b}'), { maxLength: 3 })
    fc.assert(
      fc.property(path, path, globs, globs, (above, below, includeFolders, excludeFolders) => {
        const isOut = excludeFolders.length > 0 && !folderFilter({ excludeFolders })(above)
        if (isOut) assert.ok(!folderFilter({ includeFolders, excludeFolders })([...above, ...below]))
      }),
    )
  })

  it('say which globs stand for no folder', () => {
    assert.deepEqual(idleGlobs(['Sent', 'Snet', '', 'Sent/*'], [['Sent'], ['INBOX']]), ['Snet', '', 'Sent/*'])
  })
})

describe('filters by what a folder holds', () => {
  const folder = (containerClass?: string, selectable = true) => ({
    path: ['Folder'],
    selectable,
    ...(containerClass && { containerClass }),
  })

  it('take all where nothing is said', () => {
    for (const one of [folder(), folder('IPF.Appointment'), folder('IPF.Contact')]) assert.ok(withinFilters({})(one))
  })

  it('take the folders of the wanted item types, whatever their names; mail is what has no class of its own', () => {
    const isIn = withinFilters({ itemTypes: ['mail', 'tasks'] })
    assert.deepEqual(
      [
        folder(),
        folder('IPF.Note'),
        folder('ipf.task'),
        folder('IPF.Appointment.Birthday'),
        folder('IPF.Contact'),
        folder('IPF.StickyNote'),
      ].map(isIn),
      [true, true, true, false, false, false],
    )
  })

  it('take a folder that only holds others, for their sake', () => {
    assert.ok(withinFilters({ itemTypes: ['calendar'] })(folder(undefined, false)))
  })
})
