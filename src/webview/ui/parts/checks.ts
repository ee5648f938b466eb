import { html, nothing, type TemplateResult } from 'lit'
import type { ShownCheck } from '../../shownCheck.ts'

const marks = { passed: '✓', failed: '✗', skipped: '–', running: '…' } as const

/** Checks as they come in; each is spoken when it is there. */
export const checkList = (
  label: string,
  states: Readonly<Record<ShownCheck['state'], string>>,
  checks: readonly ShownCheck[],
  { copy, onCopy }: { readonly copy: string; readonly onCopy: (check: string) => void },
): TemplateResult => html`
  <ul class="checks" aria-label=${label} aria-live="polite">
    ${checks.map(
      check => html`
        <li data-state=${check.state}>
          <span class="mark ${check.state === 'passed' || check.state === 'failed' ? check.state : 'open'}" aria-hidden="true">${marks[check.state]}</span>
          <div>
            <span class="name">${check.title}</span> <span class="hidden">${states[check.state]}</span>
            <span>${check.detail}</span>
            ${check.cure === undefined ? nothing : html`<p class="cure">${check.cure}</p>`}
            ${
              check.code === undefined
                ? nothing
                : html`<div class="command">
                    <pre tabindex="0" role="region" aria-label=${check.title}>${check.code}</pre>
                    <vscode-button appearance="secondary" aria-label="${copy}: ${check.title}" @click=${() => onCopy(check.name)}
                      >${copy}</vscode-button
                    >
                  </div>`
            }
          </div>
        </li>
      `,
    )}
  </ul>
`
