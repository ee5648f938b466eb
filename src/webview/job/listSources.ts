import type { Mailbox } from '../../domain/pair.ts'
import type { Client } from '../../rpc/protocol.ts'
import type { CsvPreview, MatchResult } from '../../rpc/results.ts'
import type { ChosenFile } from '../desk.ts'
import type { JobDraft } from './draft.ts'

const atOnce = 1000

/** Every mailbox that a connection's server lists. */
export async function listAllSources(engine: Client, connection: string, signal: AbortSignal): Promise<Mailbox[]> {
  const all: Mailbox[] = []
  for (;;) {
    const { list, more } = await engine.call('mailboxes.list', { connection, offset: all.length, limit: atOnce }, { signal })
    all.push(...list)
    if (!more || signal.aborted) return all
  }
}

export interface SourceFile {
  readonly preview: CsvPreview
  /** Mailboxes that it names, with or without a target. */
  readonly sources: readonly Mailbox[]
  readonly pairs: MatchResult['pairs']
  /** Its path, where it is an export of all mailboxes that the source has. */
  readonly sourceList?: string
}

/** What a file says of the source's mailboxes: a list of pairs, or an export of `Get-Mailbox`. Nothing is taken from one with bad rows. */
export async function readSourceFile(
  engine: Client,
  { source, target }: Pick<JobDraft, 'source' | 'target'>,
  { path, text }: ChosenFile,
  signal: AbortSignal,
): Promise<SourceFile> {
  const isPairs = /^[^\r\n]*\bsource\b/i.test(text)
  const preview = await engine.call('csv.preview', { text, kind: isPairs ? 'pairs' : 'mailboxes' }, { signal })
  if (preview.problems.length > 0) return { preview, sources: [], pairs: [] }
  if (isPairs) {
    const { pairs } = await engine.call('job.matchPreview', { source, target, by: { csv: path } }, { signal })
    return { preview, sources: [], pairs }
  }
  const { pairs, unmatched, ambiguous } = await engine.call(
    'job.matchPreview',
    { source, target, by: 'localPart', sourceList: path },
    { signal },
  )
  const sources = [...pairs.map(pair => pair.source), ...unmatched, ...ambiguous.flatMap(group => group.sources)]
  return { preview, sources, pairs, sourceList: path }
}
