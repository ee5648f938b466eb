import picomatch from 'picomatch'
import { splitPath } from '../../domain/folderPath.ts'
import { itemTypeOf } from '../../domain/itemType.ts'
import type { Filters } from '../../domain/job.ts'
import { normalInbox } from './folderPath.ts'

/** Stands for a `/` inside a name, where `/` itself parts the names; from the private use area, so no folder has it. */
const slashInName = '\uE02F'

const matched = (path: readonly string[]): string =>
  normalInbox(path)
    .map(name => name.normalize('NFC').replaceAll('/', slashInName))
    .join('/')

/**
 * What a person wrote, for picomatch. Only `*`, `**`, `?`, `[…]` and `{…}` are special; picomatch's further operators are made plain,
 * for folders are called `Offers (2024)` or `+1`.
 */
const pattern = (glob: string): string =>
  glob
    .normalize('NFC')
    .replace(/^\/|(?<!\\)\/$/g, '')
    .replace(/\\(.)|[()|^$"!+@]/gs, (found, escaped: string | undefined) =>
      escaped === '/' ? slashInName : escaped === undefined ? `\\${found}` : found,
    )

type Test = (path: string) => boolean

/** An empty glob stands for nothing. Matches like the glob, and also the folder whose path is the glob letter by letter: `[Gmail]/Drafts` needs no escapes. */
const compile = (glob: string): Test => {
  const literal = matched(splitPath(glob)).toLowerCase()
  if (literal === '') return () => false
  const test = picomatch(pattern(glob), { nocase: true, dot: true, nonegate: true, noextglob: true, windows: false })
  return path => path.toLowerCase() === literal || test(path)
}

/**
 * Which folders are within a job's filters. A glob stands for the folders whose path it matches, without regard to case, *and everything below them*:
 * `Projects` is the whole subtree, `Projects/*` what is below it but not the folder itself, `Spam` behind two stars and a slash every folder Spam at any depth.
 * Without `includeFolders` all are in; what an `excludeFolders` glob stands for is out, even where another one includes it.
 *
 * @returns a predicate on a folder's path: true for a folder that is to be migrated.
 */
export const folderFilter = (filters: Pick<Filters, 'includeFolders' | 'excludeFolders'>): ((path: readonly string[]) => boolean) => {
  const included = filters.includeFolders?.map(compile)
  const excluded = filters.excludeFolders?.map(compile) ?? []
  return path => {
    const lineage = path.map((_, depth) => matched(path.slice(0, depth + 1)))
    const stoodFor = (tests: readonly Test[]): boolean => tests.some(test => lineage.some(test))
    return (included === undefined || included.length === 0 || stoodFor(included)) && !stoodFor(excluded)
  }
}

/** The same of folders with what they hold: those of other item types than the job wants are out too. A folder that only holds others is in for their sake. */
export const withinFilters = (filters: Filters): ((folder: FilteredFolder) => boolean) => {
  const isIn = folderFilter(filters)
  const { itemTypes } = filters
  return ({ path, containerClass, selectable }) =>
    isIn(path) && (itemTypes === undefined || !selectable || itemTypes.includes(itemTypeOf(containerClass)))
}

interface FilteredFolder {
  readonly path: readonly string[]
  readonly containerClass?: string
  readonly selectable: boolean
}

/** The globs that stand for none of the folders: most likely misspelt, to be reported. */
export const idleGlobs = (globs: readonly string[], paths: readonly (readonly string[])[]): string[] =>
  globs.filter(glob => !paths.some(path => compile(glob)(matched(path))))
