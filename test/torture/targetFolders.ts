import { DatabaseSync } from 'node:sqlite'

/** Where the ledger says that each source folder lies on the target; both as `snapshot` names folders. */
export function targetFolders(ledgerFile: string): Map<string, string> {
  using db = new DatabaseSync(ledgerFile, { readOnly: true })
  const rows = db.prepare('select source_path, target_path from folders where pair is not null and target_path is not null').all()
  return new Map(rows.map(row => [label(row['source_path']), label(row['target_path'])]))
}

const label = (json: unknown): string => {
  const names: unknown = JSON.parse(String(json))
  if (!Array.isArray(names)) throw new Error('a path is a list of names')
  return names.map(name => String(name).replaceAll('/', '\\/')).join('/')
}
