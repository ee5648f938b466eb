import { html, nothing, type TemplateResult } from 'lit'
import type { ConnectionWizardMessage } from '../../connection/messages.ts'
import { banner } from '../parts/banner.ts'
import { checkbox, textArea } from '../parts/fields.ts'
import { flagOf, type Part, textOf } from './part.ts'

type Doing = Extract<ConnectionWizardMessage, { type: 'tenant' }>['do']

const button = ({ state, send }: Part, text: string, what: Doing): TemplateResult => html`
  <vscode-button
    appearance="secondary"
    ?disabled=${(state.registration?.isRunning ?? false) && what !== 'openPage' && what !== 'cancel'}
    @click=${() => send({ type: 'tenant', do: what })}
    >${text}</vscode-button
  >
`

/** Makes the application that the fields above are about: from here, or by somebody else. */
export function registrationPart(part: Part): TemplateResult {
  const { words, draft } = part.state
  const { registration } = words
  const byHand = part.state.registration !== undefined && part.state.registration.steps.length > 0
  return html`
    <h3>${registration.title}</h3>
    <p class="lead">${registration.hint}</p>
    ${textArea({ label: registration.scope, hint: registration.scopeHint, rows: 2, ...textOf(part, 'scope') })}
    ${checkbox({ label: registration.fullFidelity, disabled: draft.cloud !== 'global', ...flagOf(part, 'fullFidelity') })}
    <div class="actions">${button(part, registration.register, 'register')}${button(part, registration.byHand, 'byHand')}</div>
    ${progress(part)}
    ${
      byHand
        ? html`<div class="actions">
            ${button(part, registration.saveCertificate, 'saveCertificate')}${button(part, registration.paste, 'paste')}
          </div>`
        : nothing
    }
  `
}

/** Signs the administrator in, whose refresh token is the secret. */
export const signInPart = (part: Part): TemplateResult => {
  const { registration } = part.state.words
  return html`
    <div class="actions">${button(part, registration.signIn, 'signIn')}</div>
    <p class="hint">${registration.signInHint}</p>
    ${progress(part)}
  `
}

function progress(part: Part): TemplateResult | typeof nothing {
  const { registration, words } = part.state
  if (registration === undefined) return nothing
  const { level, text, next, code, isRunning, steps } = registration
  return banner(
    level,
    html`<p>${text}</p>
      ${next === undefined ? nothing : html`<p>${next}</p>`}
      ${
        code === undefined
          ? nothing
          : html`<pre tabindex="0" role="region" aria-label=${words.registration.code}>${code}</pre>
              ${button(part, words.registration.openPage, 'openPage')}`
      }
      ${isRunning ? button(part, words.cancel, 'cancel') : nothing}
      ${steps.map(step => html`<p>${step}</p>`)}`,
  )
}
