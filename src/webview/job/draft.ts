import { z } from 'zod'
import { joinPath } from '../../domain/folderPath.ts'
import { itemTypes } from '../../domain/itemType.ts'
import { defaultJobSettings, type JobSettings } from '../../domain/job.ts'
import { days } from '../../domain/schedule.ts'
import type { JobSummary } from '../../rpc/results.ts'

const text = z.string()
const hour = z.int().min(0).max(24)

/** Everything of a job but its mailboxes, flat and as typed. Numbers and dates are texts until the plan's schema has judged them. */
export const jobDraft = z.strictObject({
  name: text,
  /** Names of the connections. */
  source: text,
  target: text,
  policy: z.enum(['new', 'changes', 'mirror']),
  newestFirst: z.boolean(),
  subscriptions: z.boolean(),
  allowSharedTargets: z.boolean(),
  cutOver: z.boolean(),
  archives: z.boolean(),
  unprovenTransfer: z.boolean(),

  receivedFrom: text,
  receivedTo: text,
  /** One glob on each line. */
  includeFolders: text,
  excludeFolders: text,
  /** Megabytes (10^6 bytes). */
  maxItemSize: text,
  includeDeleted: z.boolean(),
  /** All of them: there is no such filter. */
  itemTypes: z.array(z.enum(itemTypes)),
  /** Where single folders go, their paths as `joinPath` writes them. */
  placements: z.array(z.strictObject({ source: text, target: text })).max(1000),

  pairsAtOnce: text,
  connectionsPerServer: text,
  megabytesPerSecond: text,
  maxErrorsPerPair: text,

  /** `2026-01-31 20:00`, by this machine's clock. */
  notBefore: text,
  timeZone: text,
  windows: z.array(z.strictObject({ days: z.array(z.enum(days)), from: hour, to: hour })).max(50),
  /** Hours. */
  deltaEvery: text,
})

export type JobDraft = z.infer<typeof jobDraft>
export type JobField = keyof JobDraft
export type Placement = JobDraft['placements'][number]
export type Window = JobDraft['windows'][number]

/** @param timeZone IANA name of the machine's zone */
export const emptyJob = (timeZone: string, source: string, target: string): JobDraft => ({
  name: '',
  source,
  target,
  ...settingsDraft(defaultJobSettings, timeZone),
})

export const jobDraftOf = (
  { name, source, target, settings }: Pick<JobSummary, 'name' | 'source' | 'target' | 'settings'>,
  timeZone: string,
): JobDraft => ({
  name,
  source,
  target,
  ...settingsDraft(settings, timeZone),
})

function settingsDraft(settings: JobSettings, timeZone: string): Omit<JobDraft, 'name' | 'source' | 'target'> {
  const {
    policy,
    newestFirst,
    subscriptions,
    allowSharedTargets,
    cutOver,
    archives,
    unprovenTransfer,
    filters,
    folderMap,
    limits,
    schedule,
  } = settings
  const { maxItemSize, includeDeleted, receivedFrom, receivedTo, includeFolders = [], excludeFolders = [] } = filters
  return {
    policy,
    newestFirst,
    subscriptions,
    allowSharedTargets,
    cutOver,
    archives: archives ?? false,
    unprovenTransfer: unprovenTransfer ?? false,
    receivedFrom: receivedFrom ?? '',
    receivedTo: receivedTo ?? '',
    includeFolders: includeFolders.join('\n'),
    excludeFolders: excludeFolders.join('\n'),
    maxItemSize: maxItemSize === undefined ? '' : String(maxItemSize / 1e6),
    includeDeleted: includeDeleted ?? false,
    itemTypes: [...(filters.itemTypes ?? itemTypes)],
    placements: folderMap.map(({ source, target }) => ({ source: joinPath(source), target: joinPath(target) })),
    pairsAtOnce: String(limits.pairsAtOnce),
    connectionsPerServer: String(limits.connectionsPerServer),
    megabytesPerSecond: limits.megabytesPerSecond === undefined ? '' : String(limits.megabytesPerSecond),
    maxErrorsPerPair: String(limits.maxErrorsPerPair),
    notBefore: schedule?.notBefore === undefined ? '' : localTime(schedule.notBefore),
    timeZone: schedule?.timeZone ?? timeZone,
    windows: (schedule?.windows ?? []).map(({ days: on, from, to }) => ({ days: [...on], from, to })),
    deltaEvery: schedule?.deltaEvery === undefined ? '' : String(schedule.deltaEvery),
  }
}

/** An ISO 8601 time as this machine's clock shows it: `2026-01-31 20:00`. */
function localTime(iso: string): string {
  const at = new Date(iso)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}
