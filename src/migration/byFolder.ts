/** Rows grouped by the ledger's number of their folder. */
export function byFolder<Row extends { readonly folder: number }>(rows: Iterable<Row>): Map<number, Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.folder)
    if (group) group.push(row)
    else groups.set(row.folder, [row])
  }
  return groups
}
