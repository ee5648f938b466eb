import { html, nothing, type TemplateResult } from 'lit'
import type { Part } from './part.ts'

export function summarySection({ state, send }: Part): TemplateResult {
  const { words, summary, estimate, busy } = state
  return html`
    <dl>${summary.map(({ label, value }) => html`<dt>${label}</dt><dd>${value === '' ? '–' : value}</dd>`)}</dl>
    <div class="actions estimate">
      <vscode-button appearance="secondary" ?disabled=${busy !== undefined} @click=${() => send({ type: 'estimate' })}>${words.estimate}</vscode-button>
    </div>
    <p class="hint">${words.estimateHint}</p>
    <div role="status">
      ${estimate.length === 0 ? nothing : html`<ul>${estimate.map(line => html`<li>${line}</li>`)}</ul>`}
    </div>
  `
}
