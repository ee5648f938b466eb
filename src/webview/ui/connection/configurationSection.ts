import { html, nothing, type TemplateResult } from 'lit'
import { banner } from '../parts/banner.ts'
import { checkList } from '../parts/checks.ts'
import { textField } from '../parts/fields.ts'
import { type Part, textOf } from './part.ts'

export function configurationSection(part: Part): TemplateResult {
  const { state, send } = part
  const { words, checks, busy, verdict, certificate, mode } = state
  return html`
    ${mode === 'reconfigure' ? nothing : textField({ label: words.testMailbox, hint: words.testMailboxHint, ...textOf(part, 'mailbox') })}
    <div class="actions">
      ${
        busy === 'testing'
          ? html`<vscode-button appearance="secondary" @click=${() => send({ type: 'cancelTest' })}>${words.cancelTest}</vscode-button>`
          : html`<vscode-button appearance="secondary" ?disabled=${busy !== undefined} @click=${() => send({ type: 'test' })}
              >${words.test}</vscode-button
            >`
      }
      ${checks.length === 0 ? html`<span class="lead">${words.notTested}</span>` : nothing}
    </div>
    ${checks.length === 0 ? nothing : checkList(words.checks, words.checkStates, checks, { copy: words.copy, onCopy: check => send({ type: 'copy', check }) })}
    ${
      certificate === undefined
        ? nothing
        : banner(
            'warning',
            html`<p>${certificate.text}</p>
              <p>${words.fingerprintLabel}:</p>
              <pre tabindex="0" role="region" aria-label=${words.fingerprintLabel}>${certificate.fingerprint}</pre>
              <p>${words.trustHint}</p>
              <vscode-button appearance="secondary" @click=${() => send({ type: 'trust' })}>${words.trustCertificate}</vscode-button>`,
          )
    }
    <p role="status">${verdict ?? ''}</p>
  `
}
