import { EventEmitter, type FileDecoration, ThemeColor, type Uri, window } from 'vscode'
import type { Mirror } from './mirror.ts'
import { attentionOf } from './rows/connectionRow.ts'
import { jobAttention } from './rows/jobRow.ts'
import type { Attention } from './rows/row.ts'
import { rowUri } from './treeItem.ts'
import type { Wording } from './wording.ts'

/** Colours and marks the connections and jobs that call for a person, wherever their rows stand. */
export function decorateRows(mirror: Mirror, wording: Pick<Wording, 'now'>): Disposable {
  const changed = new EventEmitter<undefined>()
  let marked = new Map<string, Attention>()

  const listening = mirror.onDidChange(() => {
    const now = attentions(wording, mirror)
    const same = now.size === marked.size && [...now].every(([uri, attention]) => marked.get(uri) === attention)
    marked = now
    if (!same) changed.fire(undefined)
  })
  const provider = window.registerFileDecorationProvider({
    onDidChangeFileDecorations: changed.event,
    provideFileDecoration: uri => decoration(marked.get(uri.toString())),
  })
  return {
    [Symbol.dispose]() {
      listening.dispose()
      provider.dispose()
      changed.dispose()
    },
  }
}

function attentions(wording: Pick<Wording, 'now'>, { connections, jobs }: Mirror): Map<string, Attention> {
  const all: [Uri, Attention | undefined][] = [
    ...connections.map(({ id, verification }): [Uri, Attention | undefined] => [
      rowUri({ type: 'connection', connection: id }),
      attentionOf(wording, verification),
    ]),
    ...jobs.map((job): [Uri, Attention | undefined] => [rowUri({ type: 'job', job: job.id }), jobAttention(job)]),
  ]
  return new Map(all.flatMap(([uri, attention]) => (attention === undefined ? [] : [[uri.toString(), attention] as const])))
}

const decoration = (attention: Attention | undefined): FileDecoration | undefined =>
  attention && { badge: '!', color: new ThemeColor(attention === 'error' ? 'list.errorForeground' : 'list.warningForeground') }
