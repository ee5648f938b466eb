import { joinPath } from '../../domain/folderPath.ts'
import type { Language } from '../../domain/language.ts'
import type { PairState } from '../../domain/pair.ts'
import { countsOf } from '../../ledger/counts.ts'
import { foldersOf } from '../../ledger/folders.ts'
import type { Reader } from '../../ledger/ledger.ts'
import type { FolderCounts, FolderRow, PairRow } from '../../ledger/rows.ts'
import { listItems } from './listItems.ts'
import type { FolderReport, PairReport, Problem } from './model.ts'
import { folderProblems, problemOf } from './reasonText.ts'
import { totalsOf } from './totals.ts'

/** One mailbox's result, folder by folder. */
export async function pairReport(db: Reader, pair: PairRow, language: Language): Promise<PairReport> {
  const counts = await countsOf(db, pair.id)
  const byFolder = Map.groupBy(counts, ({ folder }) => folder)
  const folders = await foldersOf(db, pair.id)
  return {
    source: pair.source.address,
    target: pair.target.address,
    state: pair.state.state,
    ...('at' in pair.state && { completed: pair.state.at }),
    ...problem(language, pair.state),
    totals: totalsOf(counts),
    folders: folders.map(folder => folderReport(language, folder, byFolder.get(folder.id) ?? [])),
    items: () => listItems(db, pair, language),
  }
}

const problem = (language: Language, state: PairState): { readonly problem?: Problem } =>
  'error' in state ? { problem: problemOf(language, state.error) } : {}

function folderReport(language: Language, folder: FolderRow, counts: readonly FolderCounts[]): FolderReport {
  const source = joinPath(folder.sourcePath)
  const target = folder.targetPath && joinPath(folder.targetPath)
  return {
    source,
    ...(target !== undefined && { target }),
    ...(folder.role && { role: folder.role }),
    mapped: target !== undefined && target !== source,
    totals: totalsOf(counts),
    ...folderProblems(language, folder),
  }
}
