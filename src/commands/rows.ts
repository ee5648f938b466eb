import type { InTitle, OnRow } from './spec.ts'

type Place = Omit<OnRow, 'view' | 'is'>

/** Places on rows of the connections' tree, and of the jobs' one, that have these words. */
export const onConnections = (is: OnRow['is'], place: Place): OnRow => ({ view: 'mailferry.connections', is, ...place })
export const onJobs = (is: OnRow['is'], place: Place): OnRow => ({ view: 'mailferry.jobs', is, ...place })

/** On jobs and on single mailboxes of them alike. */
export const onJobsAndPairs = (is: OnRow['is'], place: Place): OnRow[] => [onJobs(['job', ...is], place), onJobs(['pair', ...is], place)]

export const inConnectionsTitle = (group: string, when?: string): InTitle => ({
  view: 'mailferry.connections',
  group,
  ...(when === undefined ? {} : { when }),
})
export const inJobsTitle = (group: string, when?: string): InTitle => ({
  view: 'mailferry.jobs',
  group,
  ...(when === undefined ? {} : { when }),
})
