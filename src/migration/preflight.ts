import { isWithin, joinPath } from '../domain/folderPath.ts'
import type { Job } from '../domain/job.ts'
import type { StoredError } from '../domain/pair.ts'
import { nothing, type PairForecast, plus } from './forecast.ts'
import { idleGlobs } from './rules/filterFolder.ts'

/** Something a person should know before a run. `problem`: it will fail. `warning`: it will do something else than one might think. */
export interface Finding {
  readonly level: 'problem' | 'warning' | 'note'
  readonly code: FindingCode
  /** Folder it is about, its path joined by `/`. */
  readonly folder?: string
  /** Numbers and names for the sentence made of it. */
  readonly params: Readonly<Record<string, string | number>>
  readonly error?: StoredError
}

export type FindingCode =
  | 'mailbox.closed'
  | 'quota.short'
  | 'quota.tight'
  | 'items.tooLarge'
  | 'archive.found'
  | 'archive.intoFolder'
  | 'folder.unreadable'
  | 'folder.notCarried'
  | 'folder.renamed'
  | 'folder.shared'
  | 'filters.idleGlob'
  | 'filters.everything'
  | 'source.empty'

/** What a run of this pair would meet, told from its forecast alone. Nothing found means that nothing is in the way. */
export function preflight({ settings }: Pick<Job, 'settings'>, forecast: PairForecast): Finding[] {
  if (forecast.error) return [{ level: 'problem', code: 'mailbox.closed', params: {}, error: forecast.error }]
  return [
    ...roomFindings(forecast),
    ...sizeFindings(forecast),
    ...archiveFindings(forecast),
    ...folderFindings(forecast),
    ...filterFindings(settings, forecast),
  ]
}

/** Servers count more than the messages' bytes, so a mailbox that will be nearly full is named too. */
const tight = 0.9

function roomFindings({ room, copy: { bytes } }: PairForecast): Finding[] {
  if (room === undefined || bytes === 0) return []
  if (bytes > room) return [{ level: 'problem', code: 'quota.short', params: { needed: bytes, room } }]
  return bytes > room * tight ? [{ level: 'warning', code: 'quota.tight', params: { needed: bytes, room } }] : []
}

const sizeFindings = ({ tooLarge, largest = 0 }: PairForecast): Finding[] =>
  tooLarge.items === 0
    ? []
    : [{ level: 'warning', code: 'items.tooLarge', params: { items: tooLarge.items, bytes: tooLarge.bytes, limit: largest } }]

/** How much of it is archived, and whether it will be: where the target has no archive, it counts as mail that people see, and against their quota. */
function archiveFindings({ folders }: PairForecast): Finding[] {
  const root = folders.find(({ archive }) => archive !== undefined)
  if (root === undefined) return []
  const all = folders.filter(({ source }) => isWithin(root.source, source)).map(({ copy }) => copy)
  const { items } = all.reduce(plus, nothing)
  const target = joinPath(root.target ?? root.source)
  return root.archive === 'intoArchive'
    ? [{ level: 'note', code: 'archive.found', params: { items } }]
    : [{ level: 'warning', code: 'archive.intoFolder', params: { items, target } }]
}

function folderFindings({ folders }: PairForecast): Finding[] {
  const found: Finding[] = []
  const places = Map.groupBy(
    folders.filter(folder => folder.target !== undefined),
    folder => joinPath(folder.target ?? []),
  )
  for (const { source, target = [], by, because, error, filtered } of folders) {
    const folder = joinPath(source)
    const { items = 0 } = filtered.folderNotCarried ?? {}
    if (items > 0) found.push({ level: 'warning', code: 'folder.notCarried', folder, params: { items } })
    if (error) found.push({ level: 'problem', code: 'folder.unreadable', folder, params: {}, error })
    if (by === 'renamed') {
      found.push({
        level: 'warning',
        code: 'folder.renamed',
        folder,
        params: { target: joinPath(target), because: joinPath(because ?? source) },
      })
    }
    const place = joinPath(target)
    const sharers = places.get(place) ?? []
    if (sharers.length > 1 && sharers[0]?.source !== source) {
      const other = joinPath(sharers[0]?.source ?? [])
      found.push({ level: 'note', code: 'folder.shared', folder, params: { target: place, other } })
    }
  }
  return found
}

function filterFindings({ filters }: Job['settings'], { folders, copy, filtered }: PairForecast): Finding[] {
  const globs = [...(filters.includeFolders ?? []), ...(filters.excludeFolders ?? [])]
  const paths = folders.map(folder => folder.source)
  const idle = idleGlobs(globs, paths).map((glob): Finding => ({ level: 'warning', code: 'filters.idleGlob', params: { glob } }))
  const known = folders.reduce((sum, folder) => sum + folder.known, 0)
  const left = Object.values(filtered).reduce((sum, { items }) => sum + items, 0)
  if (copy.items > 0 || known > 0) return idle
  if (left > 0) return [...idle, { level: 'warning', code: 'filters.everything', params: { items: left } }]
  return [...idle, { level: 'note', code: 'source.empty', params: {} }]
}
