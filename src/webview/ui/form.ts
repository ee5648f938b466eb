/** What a page shows of a draft whose owner, the host, answers a moment later. */
export interface Form<Draft> {
  of(shown: { readonly draft: Draft; readonly edits: number }): Draft
  set(fields: Partial<Draft>): void
}

/** Typing isn't undone by an older answer: as long as edits are on their way, the page shows its own. */
export function createForm<Draft extends object>(send: (fields: Partial<Draft>, edit: number) => void): Form<Draft> {
  let own: Partial<Draft> = {}
  let sent: number | undefined
  return {
    of({ draft, edits }) {
      sent ??= edits
      if (edits >= sent) own = {}
      return { ...draft, ...own }
    },
    set(fields) {
      own = { ...own, ...fields }
      sent = (sent ?? 0) + 1
      send(fields, sent)
    },
  }
}
