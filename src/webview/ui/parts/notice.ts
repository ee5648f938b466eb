import { html, nothing, type TemplateResult } from 'lit'
import type { Notice } from '../../shownNotice.ts'
import { banner } from './banner.ts'

/** What went wrong, and the buttons that help. */
export const noticeBanner = (notice: Notice | undefined, onStep: (at: number) => void): TemplateResult | typeof nothing =>
  notice === undefined
    ? nothing
    : banner(
        notice.level,
        html`<p>${notice.text}</p>
          ${notice.next === undefined ? nothing : html`<p>${notice.next}</p>`}
          ${
            notice.steps.length === 0
              ? nothing
              : html`<div class="actions">
                  ${notice.steps.map(
                    (title, at) => html`<vscode-button appearance="secondary" @click=${() => onStep(at)}>${title}</vscode-button>`,
                  )}
                </div>`
          }`,
      )
