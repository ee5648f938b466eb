import { MailferryError } from '../../../domain/errors.ts'
import type { SessionContext } from '../sessionContext.ts'
import type { OpenFolder } from './inFolder.ts'
import { parseUidRanges, type UidRanges } from './uidRanges.ts'

/** UIDs whose existence is asked for at once where the answer lists each of them. */
const span = 50_000

/**
 * Which UIDs up to `last` exist: by ESEARCH (RFC 4731) as ranges, else by plain SEARCH, in pieces that keep the answer's line short.
 */
export async function searchUids(context: SessionContext, open: OpenFolder, last: number): Promise<UidRanges> {
  const step = context.capabilities.has('ESEARCH') ? last : span
  const pieces: Promise<UidRanges>[] = []
  for (let from = 1; from <= last; from += step) {
    const to = Math.min(last, from + step - 1)
    pieces.push(search(context, open, `UID ${from}:${to}`, ranges => ranges.every(([low, high]) => low >= from && high <= to)))
  }
  return (await Promise.all(pieces)).flat()
}

/** The UIDs that meet some criteria (RFC 3501 6.4.4). `fits`: whether a result can be this search's, where several are under way. */
export async function search(
  { capabilities, host }: SessionContext,
  open: OpenFolder,
  criteria: string,
  fits: (ranges: UidRanges) => boolean = () => true,
): Promise<UidRanges> {
  let found: UidRanges | undefined
  await open.run({
    name: 'UID SEARCH',
    text: `UID SEARCH ${capabilities.has('ESEARCH') ? 'RETURN (ALL) ' : ''}${criteria}`,
    weight: 2,
    data(kind, _number, rest) {
      const ranges = kind === 'SEARCH' ? listed(rest) : kind === 'ESEARCH' ? extended(rest) : undefined
      if (!ranges || !fits(ranges) || (found && ranges.length === 0)) return false
      // A long result may come in several responses.
      found = [...(found ?? []), ...ranges]
      return true
    },
  })
  // OK without a result is no result, and must not be taken for an empty folder.
  if (!found) throw new MailferryError('server.protocol', { host, detail: 'SEARCH was answered without a result' })
  return found
}

/** `* SEARCH 2 3 6 (MODSEQ 917162500)` (RFC 3501 7.2.5, RFC 7162 3.1.5). */
const listed = (rest: string): UidRanges => (rest.replace(/\(.*/s, '').match(/\d+/g) ?? []).map(uid => [Number(uid), Number(uid)] as const)

/** `* ESEARCH (TAG "A282") UID ALL 2,10:11` (RFC 4466 2.6.2); without ALL nothing was found. */
const extended = (rest: string): UidRanges | undefined => {
  const all = / ALL ([\d:,]+)/i.exec(` ${rest}`)?.[1]
  return all === undefined ? [] : parseUidRanges(all)
}
