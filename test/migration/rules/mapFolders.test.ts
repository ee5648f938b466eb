import assert from 'node:assert/strict'
import fc from 'fast-check'
import { joinPath, splitPath } from '../../../src/domain/folderPath.ts'
import type { MapOptions, SourceFolder } from '../../../src/migration/rules/folderMap.ts'
import { pathKey } from '../../../src/migration/rules/folderPath.ts'
import { mapFolders } from '../../../src/migration/rules/mapFolders.ts'
import { folder } from './build.ts'

/** `source → target (how)` for each mapping, as a person would list them. */
const listed = (sources: SourceFolder[], targets: SourceFolder[] = [], options: MapOptions = {}): string[] =>
  mapFolders(sources, targets, options).mappings.map(({ source, path, target, by }) =>
    [joinPath(source.path), target === undefined ? '→ new' : '→', joinPath(path), `(${by})`].join(' '),
  )

const plan = (source: string, target: string) => ({ source: splitPath(source), target: splitPath(target) })

describe('where folders go', () => {
  it('INBOX to INBOX in any case, Sent to Sent in any language, the rest by path', () => {
    const sources = [folder('Inbox'), folder('Gesendet', { role: 'sent' }), folder('Projekte'), folder('Projekte/2024')]
    const targets = [folder('INBOX', { role: 'inbox' }), folder('Sent Items', { role: 'sent' }), folder('Projekte')]
    assert.deepEqual(listed(sources, targets), [
      'Gesendet → Sent Items (role)',
      'Inbox → INBOX (inbox)',
      'Projekte → Projekte (path)',
      'Projekte/2024 → new Projekte/2024 (path)',
    ])
  })

  it('below a mapped folder follows it', () => {
    const sources = [folder('Gesendet', { role: 'sent' }), folder('Gesendet/2019/Q1'), folder('inbox/Work')]
    assert.deepEqual(listed(sources, [folder('Sent', { role: 'sent' })]), [
      'Gesendet → Sent (role)',
      'inbox/Work → new INBOX/Work (path)',
      'Gesendet/2019/Q1 → new Sent/2019/Q1 (path)',
    ])
  })

  it('an archive to the target’s, whatever either is called; where there is none, to a folder', () => {
    const sources = [folder('In-Place Archive', { role: 'archiveMailbox' }), folder('In-Place Archive/2019'), folder('2019')]
    assert.deepEqual(listed(sources, [folder('In-Place Archive'), folder('In-Place Archive (2)', { role: 'archiveMailbox' })]), [
      '2019 → new 2019 (path)',
      'In-Place Archive → In-Place Archive (2) (role)',
      'In-Place Archive/2019 → new In-Place Archive (2)/2019 (path)',
    ])
    assert.deepEqual(listed(sources), [
      '2019 → new 2019 (path)',
      'In-Place Archive → new In-Place Archive (path)',
      'In-Place Archive/2019 → new In-Place Archive/2019 (path)',
    ])
  })

  it('nothing into the target’s archive that was in none, unless the plan says so', () => {
    const sources = [folder('In-Place Archive', { selectable: false }), folder('In-Place Archive/Old'), folder('In-Place Archive/Old/2019')]
    const targets = [folder('In-Place Archive', { role: 'archiveMailbox' }), folder('In-Place Archive/Old')]
    assert.deepEqual(listed(sources, targets), [
      'In-Place Archive/Old → new In-Place Archive (2)/Old (renamed)',
      'In-Place Archive/Old/2019 → new In-Place Archive (2)/Old/2019 (path)',
    ])
    assert.deepEqual(listed(sources, targets, { explicit: [plan('In-Place Archive', 'In-Place Archive')] }), [
      'In-Place Archive/Old → In-Place Archive/Old (path)',
      'In-Place Archive/Old/2019 → new In-Place Archive/Old/2019 (path)',
    ])
  })

  it('a role the target lacks goes by path, and the folder is made with it', () => {
    const { mappings } = mapFolders(
      [folder('Papierkorb', { role: 'deleted' }), folder('Sent', { role: 'sent' })],
      [folder('Sent', { role: 'sent' })],
    )
    assert.deepEqual(
      mappings.map(({ path, role }) => [path, role]),
      [
        [['Papierkorb'], 'deleted'],
        [['Sent'], undefined],
      ],
    )
  })

  it('of two that both servers give one role by the same names, the one nearest to the root has it, in whatever order they are listed', () => {
    const drafts = { role: 'drafts' } as const
    const near = folder('Drafts', drafts)
    const deep = folder('Old/Drafts', drafts)
    const expected = ['Drafts → Drafts (role)', 'Old/Drafts → Old/Drafts (path)']
    assert.deepEqual(listed([near, deep], [near, deep]), expected)
    assert.deepEqual(listed([deep, near], [deep, near]), expected)
  })

  it('only one of several folders with a role takes its place; the best named, then the fullest', () => {
    const sent = { role: 'sent' } as const
    const sources = [folder('Sent Messages', { ...sent, count: 900 }), folder('Sent', { ...sent, count: 3 }), folder('Old/Sent', sent)]
    assert.deepEqual(listed(sources, [folder('Sent', sent)]), [
      'Sent → Sent (role)',
      'Sent Messages → new Sent Messages (path)',
      'Old/Sent → new Old/Sent (path)',
    ])
    assert.deepEqual(listed(sources, [folder('Gesendet', sent)]), [
      'Sent → new Sent (path)',
      'Sent Messages → Gesendet (role)',
      'Old/Sent → new Old/Sent (path)',
    ])
    assert.deepEqual(
      mapFolders(sources, []).mappings.map(({ role }) => role),
      [undefined, 'sent', undefined],
      'and only one is made with the role',
    )
  })

  it('a folder whose name is taken gets a number, says because of which, and its children follow', () => {
    const sources = [folder('Gesendet', { role: 'sent' }), folder('Sent'), folder('Sent/2019'), folder('Sent (2)')]
    const { mappings } = mapFolders(sources, [folder('Sent', { role: 'sent' })])
    assert.deepEqual(
      mappings.map(({ source, path, by, because }) => [source.id, joinPath(path), by, because?.id]),
      [
        ['Gesendet', 'Sent', 'role', undefined],
        ['Sent', 'Sent (3)', 'renamed', 'Gesendet'],
        ['Sent (2)', 'Sent (2)', 'path', undefined],
        ['Sent/2019', 'Sent (3)/2019', 'path', undefined],
      ],
    )
  })

  it('two folders that differ by case stay two, and get two names on a server that takes them for one', () => {
    const sources = [folder('Work'), folder('work')]
    assert.deepEqual(listed(sources), ['Work → new Work (path)', 'work → new work (path)'])
    assert.deepEqual(listed(sources, [folder('WORK')], { caseSensitive: false }), ['Work → WORK (path)', 'work → new work (2) (renamed)'])
  })

  it('what the plan says comes first, for the subtree as well, and may bring folders together', () => {
    const sources = [folder('Old'), folder('Old/a'), folder('Old/b'), folder('Archive', { role: 'archive' })]
    const targets = [folder('Archiv', { role: 'archive' })]
    const explicit = [plan('Old', 'Archiv'), plan('Old/b', 'Elsewhere')]
    assert.deepEqual(listed(sources, targets, { explicit }), [
      'Archive → Archiv (role)',
      'Old → Archiv (explicit)',
      'Old/a → new Archiv/a (path)',
      'Old/b → new Elsewhere (explicit)',
    ])
    const { shared } = mapFolders(sources, targets, { explicit })
    assert.deepEqual(
      shared.map(({ path, sources: together }) => [path, together.map(({ id }) => id)]),
      [[['Archiv'], ['Old', 'Archive']]],
    )
  })

  it('what the plan says of a folder that does not exist counts for those below it', () => {
    assert.deepEqual(listed([folder('INBOX/Lists/x')], [], { explicit: [plan('INBOX/Lists', 'Lists')] }), [
      'INBOX/Lists/x → new Lists/x (path)',
    ])
  })

  it('stay where an earlier run put them, whatever came since', () => {
    const decided = new Map([['Gesendet', ['Gesendet']]])
    const sources = [folder('Gesendet', { role: 'sent' }), folder('Gesendet/2019')]
    assert.deepEqual(listed(sources, [folder('Sent', { role: 'sent' })], { decided, explicit: [plan('Gesendet', 'Sent')] }), [
      'Gesendet → new Gesendet (decided)',
      'Gesendet/2019 → new Gesendet/2019 (path)',
    ])
  })

  it('folders that hold no items are made only as parents', () => {
    const sources = [folder('Shell', { selectable: false }), folder('Shell/In', {}), folder('Empty', { selectable: false })]
    const { mappings, containers, leftOut } = mapFolders(sources, [])
    assert.deepEqual(
      mappings.map(({ source }) => source.id),
      ['Shell/In'],
    )
    assert.deepEqual([containers.map(({ id }) => id), leftOut.map(({ id }) => id)], [['Shell'], ['Empty']])
  })

  it('a target folder that holds no items is not taken for one that does', () => {
    assert.deepEqual(listed([folder('Shell')], [folder('Shell', { selectable: false })]), ['Shell → new Shell (path)'])
  })
})

describe('where any folders go', () => {
  const role = fc.constantFrom('sent', 'drafts', 'deleted', undefined)
  const name = fc.constantFrom('INBOX', 'inbox', 'Sent', 'sent', 'Gesendet', 'Sent (2)', 'a')
  const some = fc
    .uniqueArray(fc.record({ path: fc.array(name, { minLength: 1, maxLength: 3 }), role, selectable: fc.boolean(), count: fc.nat(5) }), {
      selector: ({ path }) => JSON.stringify(path[0]?.toUpperCase() === 'INBOX' ? ['INBOX', ...path.slice(1)] : path),
      maxLength: 8,
    })
    .map(all =>
      all.map(({ path, role: given, ...rest }) => folder(joinPath(path), { ...rest, ...(given === undefined ? {} : { role: given }) })),
    )
  const explicit = fc.array(
    fc.record({ source: fc.array(name, { minLength: 1, maxLength: 2 }), target: fc.array(name, { minLength: 1, maxLength: 2 }) }),
    {
      maxLength: 2,
    },
  )

  it('is one place for each folder that holds items', () => {
    fc.assert(
      fc.property(some, some, fc.boolean(), explicit, (sources, targets, caseSensitive, named) => {
        const { mappings, containers, leftOut } = mapFolders(sources, targets, { caseSensitive, explicit: named })
        assert.deepEqual(
          mappings.map(({ source }) => source.id).toSorted(),
          sources
            .filter(({ selectable }) => selectable)
            .map(({ id }) => id)
            .toSorted(),
        )
        assert.equal(containers.length + leftOut.length, sources.length - mappings.length)
      }),
    )
  })

  it('is never one place for two of them unless the plan names one for it, and then it is reported', () => {
    fc.assert(
      fc.property(some, some, fc.boolean(), explicit, (sources, targets, caseSensitive, named) => {
        const { mappings, shared } = mapFolders(sources, targets, { caseSensitive, explicit: named })
        const reported = new Set(shared.map(({ path }) => pathKey(path, { caseSensitive })))
        for (const [place, together] of Map.groupBy(mappings, ({ path }) => pathKey(path, { caseSensitive }))) {
          if (together.length === 1) continue
          assert.ok(reported.has(place))
          assert.ok(together.filter(({ by }) => by !== 'explicit').length <= 1)
        }
      }),
    )
  })

  it('does not depend on the order in which servers list them', () => {
    fc.assert(
      fc.property(some, some, explicit, (sources, targets, named) => {
        assert.deepEqual(
          listed(sources, targets, { explicit: named }),
          listed(sources.toReversed(), targets.toReversed(), { explicit: named }),
        )
      }),
    )
  })

  it('is the same in the next run, when the target has the folders of the first', () => {
    fc.assert(
      fc.property(some, some, (sources, targets) => {
        const first = mapFolders(sources, targets).mappings
        const made = first
          .filter(({ target }) => target === undefined)
          .map(({ path, role: given }) => folder(joinPath(path), given && { role: given }))
        const decided = new Map(first.map(({ source, path }) => [source.id, path]))
        const second = mapFolders(sources, [...targets, ...made], { decided }).mappings
        assert.deepEqual(
          second.map(({ path }) => path),
          first.map(({ path }) => path),
        )
      }),
    )
  })
})
