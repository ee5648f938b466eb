import { isError } from '../../domain/errors.ts'
import { readCsv } from '../../rpc/csv.ts'
import type { Handler, Params } from '../../rpc/protocol.ts'
import type { CsvLine } from '../../rpc/results.ts'
import type { EngineContext } from '../context.ts'
import { isMailboxList, parseMailboxList } from '../mailboxList.ts'
import { pairLines } from '../plan/pairsCsv.ts'
import { passwords, tokens } from '../secretSource.ts'

const shown = 50

/** What a CSV says, before anything is made of it: its first rows without their secrets, or every bad row by its line. */
export const csvPreview: Handler<'csv.preview', EngineContext> = async (_context, { text, kind }) => {
  try {
    const lines = readers[kind](text)
    return { rows: lines.length, first: lines.slice(0, shown), problems: [] }
  } catch (error) {
    if (isError(error, 'csv.invalid')) return { rows: 0, first: [], problems: error.params.problems }
    throw error
  }
}

const readers: Readonly<Record<Params<'csv.preview'>['kind'], (text: string) => readonly CsvLine[]>> = {
  passwords: text => [...passwords('', text)].map(([source, { user }]) => ({ source, ...(user === undefined ? {} : { user }) })),
  tokens: text => [...tokens('', text)].map(([source, { user }]) => ({ source, ...(user === undefined ? {} : { user }) })),
  pairs: text =>
    isMailboxList(text)
      ? parseMailboxList('', text).map(({ mailbox: { address } }) => ({ source: address, target: address, priority: 0 }))
      : pairLines('', text).map(({ source, target, priority }) => ({ source, target, priority })),
  mailboxes: text =>
    isMailboxList(text)
      ? parseMailboxList('', text).map(({ mailbox: { address, displayName } }) => ({
          source: address,
          ...(displayName === undefined ? {} : { displayName }),
        }))
      : readCsv('', text, { needed: ['mailbox'], others: 'ignored' }).map(({ fields: { mailbox } }) => ({ source: mailbox })),
}
