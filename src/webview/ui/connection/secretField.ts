import { html, nothing, type TemplateResult } from 'lit'
import type { ValueControl } from '../components.ts'
import type { Part } from './part.ts'

/**
 * A secret goes to the host once, when the field is left, and stays there: the page is never shown it again. After the page was hidden the field is empty, and
 * says that the secret was given.
 */
export function secretField({ state: { secret, words }, send }: Part): TemplateResult {
  const { label, problem, state } = secret
  const hint = state === 'given' ? words.secretGiven : state === 'stored' ? words.secretKept : words.secretHint
  const error = problem === undefined ? nothing : html`<span class="hidden">, ${problem}</span>`
  return html`
    <div class="field">
      ${
        secret.as !== 'text'
          ? html`<span class="label">${label}${error}</span>
              <div class="actions">
                <vscode-button appearance="secondary" @click=${() => send({ type: 'chooseSecretFile' })}
                  >${secret.as === 'csv' ? words.chooseFile : words.choosePem}</vscode-button
                >
                ${
                  secret.as === 'pem'
                    ? html`<vscode-button appearance="secondary" @click=${() => send({ type: 'makeCertificate' })}
                        >${words.makeCertificate}</vscode-button
                      >`
                    : nothing
                }
              </div>`
          : html`<vscode-text-field
              type="password"
              autocomplete="off"
              aria-label=${problem === undefined ? label : `${label}, ${problem}`}
              aria-invalid=${problem === undefined ? 'false' : 'true'}
              @change=${(event: Event) => send({ type: 'secret', text: (event.target as ValueControl).value })}
              >${label}${error}</vscode-text-field
            >`
      }
      ${problem === undefined ? nothing : html`<p class="error" aria-hidden="true">${problem}</p>`}
      <p class="hint" role="status">${hint}${secret.until === undefined ? nothing : html` ${secret.until}`}</p>
    </div>
  `
}
