import { splitPath } from '../../domain/folderPath.ts'
import { itemTypes } from '../../domain/itemType.ts'
import type { JobDraft, Placement } from './draft.ts'

/** A draft in the form of a plan's job, for the plan's schema to judge. */
export const planOfJob = (draft: JobDraft): Readonly<Record<string, unknown>> => ({
  name: draft.name,
  source: draft.source,
  target: draft.target,
  policy: draft.policy,
  newestFirst: draft.newestFirst,
  subscriptions: draft.subscriptions,
  allowSharedTargets: draft.allowSharedTargets,
  cutOver: draft.cutOver,
  filters: filtersOf(draft),
  limits: {
    ...numeric('pairsAtOnce', draft.pairsAtOnce),
    ...numeric('connectionsPerServer', draft.connectionsPerServer),
    ...numeric('megabytesPerSecond', draft.megabytesPerSecond),
    ...numeric('maxErrorsPerPair', draft.maxErrorsPerPair),
  },
  ...foldersOf(draft.placements),
  ...(draft.archives ? { archives: true } : {}),
  ...(draft.unprovenTransfer ? { unprovenTransfer: true } : {}),
  ...scheduleOf(draft),
})

/** A row that nothing was typed into is none. */
function foldersOf(placements: readonly Placement[]): { readonly folders?: unknown } {
  const folders = placements
    .map(({ source, target }) => ({ source: splitPath(source.trim()), target: splitPath(target.trim()) }))
    .filter(({ source, target }) => source.length + target.length > 0)
  return folders.length === 0 ? {} : { folders }
}

const filtersOf = ({
  receivedFrom,
  receivedTo,
  includeFolders,
  excludeFolders,
  maxItemSize,
  includeDeleted,
  itemTypes: chosen,
}: JobDraft) => ({
  ...filled('receivedFrom', receivedFrom),
  ...filled('receivedTo', receivedTo),
  ...lines('includeFolders', includeFolders),
  ...lines('excludeFolders', excludeFolders),
  ...numeric('maxItemSize', maxItemSize, megabytes => Math.round(megabytes * 1e6)),
  ...(includeDeleted ? { includeDeleted } : {}),
  ...(itemTypes.every(type => chosen.includes(type)) ? {} : { itemTypes: chosen }),
})

/** A job that may run at any time has no schedule. */
function scheduleOf({ notBefore, timeZone, windows, deltaEvery }: JobDraft): { readonly schedule?: unknown } {
  const schedule = {
    ...(notBefore.trim() === '' ? {} : { notBefore: utc(notBefore.trim()) }),
    ...(windows.length === 0 ? {} : { windows }),
    ...numeric('deltaEvery', deltaEvery),
  }
  return Object.keys(schedule).length === 0 ? {} : { schedule: { timeZone: timeZone.trim(), ...schedule } }
}

/** What is typed by this machine's clock, in UTC; what is no time stays as it is. */
function utc(typed: string): string {
  const at = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/.test(typed) ? new Date(typed.replace(' ', 'T')) : undefined
  return at === undefined || Number.isNaN(at.getTime()) ? typed : at.toISOString()
}

const filled = (key: string, typed: string): object => (typed.trim() === '' ? {} : { [key]: typed.trim() })

const lines = (key: string, typed: string): object => {
  const list = typed.split('\n').flatMap(line => (line.trim() === '' ? [] : [line.trim()]))
  return list.length === 0 ? {} : { [key]: list }
}

/** What is no number stays the text it is. */
const numeric = (key: string, typed: string, of = (value: number): number => value): object => {
  const text = typed.trim()
  if (text === '') return {}
  return { [key]: /^\d+(\.\d+)?$/.test(text) ? of(Number(text)) : text }
}
