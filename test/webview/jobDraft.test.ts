import assert from 'node:assert/strict'
import { asPairId } from '../../src/domain/ids.ts'
import { defaultJobSettings, type JobSettings } from '../../src/domain/job.ts'
import type { Mailbox } from '../../src/domain/pair.ts'
import { jobSettings } from '../../src/engine/plan/settings.ts'
import { emptyJob, jobDraftOf } from '../../src/webview/job/draft.ts'
import { judgeJob } from '../../src/webview/job/judgeJob.ts'
import {
  changesOf,
  type PairRow,
  withMatches,
  withoutSources,
  withSameAddresses,
  withSources,
  withTarget,
} from '../../src/webview/job/pairRows.ts'
import { rowChangesOf, withRowChanges } from '../../src/webview/job/rememberRows.ts'
import { wording } from '../views/build.ts'

describe('a job’s draft', () => {
  const full: JobSettings = {
    ...defaultJobSettings,
    policy: 'mirror',
    filters: {
      receivedFrom: '2024-01-31',
      includeFolders: ['Archive/**', 'INBOX'],
      excludeFolders: ['Junk'],
      maxItemSize: 25_500_000,
      includeDeleted: true,
      itemTypes: ['mail', 'calendar'],
    },
    folderMap: [{ source: ['Old', 'a/b'], target: ['New', 'back\\slash'] }],
    archives: true,
    unprovenTransfer: true,
    limits: { pairsAtOnce: 2, connectionsPerServer: 3, megabytesPerSecond: 1.5, maxErrorsPerPair: 0 },
    newestFirst: true,
    subscriptions: false,
    allowSharedTargets: true,
    cutOver: true,
    schedule: {
      timeZone: 'Europe/Berlin',
      notBefore: '2026-01-31T20:00:00.000Z',
      windows: [{ days: ['monday', 'sunday'], from: 20, to: 24 }],
      deltaEvery: 12,
    },
  }
  for (const [what, settings] of Object.entries({ defaults: defaultJobSettings, everything: full })) {
    it(`gives back the settings it was made from: ${what}`, () => {
      const draft = jobDraftOf({ name: 'Move', source: 'Old', target: 'New', settings }, 'UTC')
      const { plan } = judgeJob(wording, draft, [])
      assert.ok(plan)
      assert.deepEqual(jobSettings(plan), settings)
    })
  }

  it('says what is wrong beside its field', () => {
    const draft = { ...emptyJob('Europe/Nowhere', '', 'New'), name: 'a/b', maxItemSize: 'big', pairsAtOnce: '0', deltaEvery: '6' }
    const { problems, plan } = judgeJob(wording, draft, [])
    assert.equal(plan, undefined)
    assert.deepEqual(Object.keys(problems).sort(), ['maxItemSize', 'name', 'pairsAtOnce', 'source', 'timeZone'])
  })

  it('wants both folders of a placement and one kind of items at least, and leaves empty rows out', () => {
    const draft = { ...emptyJob('UTC', 'Old', 'New'), name: 'Move' }
    const half = judgeJob(wording, { ...draft, itemTypes: [], placements: [{ source: 'Archive', target: ' ' }] }, [])
    assert.deepEqual(half.problems, { itemTypes: 'Choose at least one kind.', placements: 'Name both folders of each row.' })
    const { plan } = judgeJob(
      wording,
      {
        ...draft,
        placements: [
          { source: '', target: '' },
          { source: 'A/b', target: '/C/' },
        ],
      },
      [],
    )
    assert.deepEqual(plan?.folders, [{ source: ['A', 'b'], target: ['C'] }])
    assert.equal(plan?.filters?.itemTypes, undefined)
  })
})

describe('the mailboxes in the job wizard', () => {
  const box = (name: string, domain = 'contoso.com'): Mailbox => ({ address: `${name}@${domain}` })
  const saved: PairRow = {
    source: box('anna'),
    target: box('anna', 'fabrikam.com'),
    saved: { id: asPairId('1'), target: box('anna', 'fabrikam.com'), priority: 7, state: 'completed' },
  }

  it('are there once, however often they are added', () => {
    const rows = withSources([saved], [box('Anna'), box('berta'), box('berta')])
    assert.deepEqual(
      rows.map(({ source }) => source.address),
      ['anna@contoso.com', 'berta@contoso.com'],
    )
  })

  it('keep the target that a person or the job has given them', () => {
    const rows = withTarget(withSources([saved], [box('berta')]), 'berta@contoso.com', 'b@fabrikam.com')
    const matched = withMatches(
      rows,
      [
        { source: box('berta'), target: box('berta', 'fabrikam.com') },
        { source: box('anna'), target: box('x') },
      ],
      false,
    )
    assert.deepEqual(
      matched.map(({ target }) => target?.address),
      ['anna@fabrikam.com', 'b@fabrikam.com'],
    )
  })

  it('are saved as what changed: unchanged pairs stay, one that goes elsewhere is another, one without a target is left out', () => {
    const rows = withSources([saved], [box('berta'), box('carl')])
    assert.deepEqual(changesOf([saved], withTarget(rows, 'berta@contoso.com', 'b@fabrikam.com')), {
      add: [{ source: box('berta'), target: { address: 'b@fabrikam.com' } }],
      remove: [],
    })
    assert.deepEqual(changesOf([saved], withTarget([saved], 'anna@contoso.com', 'a@fabrikam.com')), {
      add: [{ source: box('anna'), target: { address: 'a@fabrikam.com' }, priority: 7 }],
      remove: ['1'],
    })
    assert.deepEqual(changesOf([saved], withoutSources([saved], new Set(['anna@contoso.com']))), { add: [], remove: ['1'] })
  })

  it('come back after a reload as they were, on top of what the job has by then', () => {
    const rows = withSameAddresses(withSources([saved], [box('berta')]))
    const other: PairRow = {
      ...saved,
      source: box('dora'),
      saved: { id: asPairId('2'), target: saved.target ?? box('x'), priority: 0, state: 'new' },
    }
    const changes = rowChangesOf([saved, other], rows)
    assert.deepEqual(withRowChanges([saved, other], changes), rows)
  })
})
