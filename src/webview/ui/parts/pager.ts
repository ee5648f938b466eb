import { html, nothing, type TemplateResult } from 'lit'

interface Paged {
  readonly offset: number
  readonly more: boolean
  readonly list: readonly unknown[]
}

/** Rows on a page, as the host pages them. */
const pageSize = 50

/** Steps through the pages of a list; nothing where all of it is there. */
export const pager = (
  words: { readonly previous: string; readonly next: string },
  { offset, more }: Paged,
  onPage: (offset: number) => void,
): TemplateResult | typeof nothing =>
  offset === 0 && !more
    ? nothing
    : html`
        <vscode-button appearance="secondary" ?disabled=${offset === 0} @click=${() => onPage(Math.max(0, offset - pageSize))}
          >${words.previous}</vscode-button
        >
        <vscode-button appearance="secondary" ?disabled=${!more} @click=${() => onPage(offset + pageSize)}>${words.next}</vscode-button>
      `
