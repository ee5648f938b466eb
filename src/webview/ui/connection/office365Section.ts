import { html, nothing, type TemplateResult } from 'lit'
import { checkbox, dropdown, radios, textField } from '../parts/fields.ts'
import { flagOf, type Part, textOf } from './part.ts'
import { registrationPart, signInPart } from './registrationPart.ts'
import { secretField } from './secretField.ts'

const elsewhere = ['office365CaFile', 'login', 'graph', 'outlook'] as const

/** Where the tenant is. */
export function office365Server(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, problems, mode } = state
  const fixed = mode === 'reconfigure'
  const { clouds } = words
  return html`
    ${dropdown({
      label: words.cloud,
      hint: words.cloudHint,
      value: draft.cloud,
      disabled: fixed,
      options: [
        { value: 'global', label: clouds.global },
        { value: 'usGov', label: clouds.usGov },
        { value: 'usGovDoD', label: clouds.usGovDoD },
        { value: 'china', label: clouds.china },
      ],
      onChange: cloud => set({ cloud }),
    })}
    ${checkbox({ label: words.ews, hint: words.ewsHint, disabled: fixed, ...flagOf(part, 'ews') })}
    <details ?open=${elsewhere.some(field => problems[field] !== undefined)}>
      <summary>${words.testNetwork}</summary>
      ${textField({ label: words.caFile, disabled: fixed, ...textOf(part, 'office365CaFile') })}
      ${textField({ label: words.login, disabled: fixed, ...textOf(part, 'login') })}
      ${textField({ label: words.graph, disabled: fixed, ...textOf(part, 'graph') })}
      ${draft.ews ? textField({ label: words.outlook, disabled: fixed, ...textOf(part, 'outlook') }) : nothing}
    </details>
  `
}

/** Who signs in there, and for whose mailboxes that is enough. */
export function office365Admin(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, mode } = state
  return html`
    ${radios({
      label: words.signInAs,
      hint: draft.signInAs === 'admin' ? words.asAdminHint : words.asApplicationHint,
      value: draft.signInAs,
      disabled: mode === 'reconfigure',
      options: [
        { value: 'certificate', label: words.asApplicationByCertificate },
        { value: 'secret', label: words.asApplicationBySecret },
        { value: 'admin', label: words.asAdmin },
      ],
      onChange: signInAs => set({ signInAs }),
    })}
    ${draft.signInAs === 'admin' ? admin(part) : application(part)} ${secretField(part)}
    ${draft.signInAs === 'admin' ? signInPart(part) : draft.signInAs === 'certificate' ? registrationPart(part) : nothing}
  `
}

function application(part: Part): TemplateResult {
  const { words, mode } = part.state
  const fixed = mode === 'reconfigure'
  return html`
    ${textField({
      label: words.tenant,
      hint: words.tenantHint,
      placeholder: 'contoso.onmicrosoft.com',
      required: true,
      disabled: fixed,
      ...textOf(part, 'tenant'),
    })}
    ${textField({ label: words.clientId, required: true, ...textOf(part, 'clientId') })}
  `
}

function admin(part: Part): TemplateResult {
  const { words, mode } = part.state
  return html`
    ${textField({
      label: words.adminUser,
      hint: words.cloudAdminHint,
      placeholder: 'admin@contoso.onmicrosoft.com',
      required: true,
      ...textOf(part, 'cloudAdmin'),
    })}
    ${textField({ label: words.publicClient, hint: words.publicClientHint, disabled: mode === 'reconfigure', ...textOf(part, 'publicClient') })}
  `
}
