import { html, nothing, type TemplateResult } from 'lit'
import { dropdown, radios, textField } from '../parts/fields.ts'
import { csvTable } from './csvTable.ts'
import { office365Admin } from './office365Section.ts'
import { type Part, textOf } from './part.ts'
import { secretField } from './secretField.ts'

export const adminSection = (part: Part): TemplateResult => sections[part.state.draft.kind](part)

const sections = { exchange, office365: office365Admin, imap } as const

function exchange(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, problems, mode } = state
  const fixed = mode === 'reconfigure'
  return html`
    ${textField({ label: words.adminUser, hint: words.adminHint, required: true, ...textOf(part, 'admin') })}
    ${secretField(part)}
    ${dropdown({
      label: words.method,
      value: draft.method,
      error: problems.method,
      disabled: fixed,
      options: [
        { value: 'ntlm', label: words.ntlm },
        { value: 'basic', label: words.basic },
        { value: 'bearer', label: words.bearer },
      ],
      onChange: method => set({ method }),
    })}
    ${radios({
      label: words.access,
      value: draft.access,
      disabled: fixed,
      options: [
        { value: 'impersonation', label: words.impersonation },
        { value: 'delegate', label: words.delegate },
      ],
      onChange: access => set({ access }),
    })}
  `
}

function imap(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, problems } = state
  return html`
    ${radios({
      label: words.signIn,
      value: draft.signIn,
      error: problems.signIn,
      options: [
        { value: 'mailbox', label: words.eachMailbox },
        { value: 'authzid', label: words.authzid },
        { value: 'separator', label: words.separator },
        { value: 'token', label: words.token },
      ],
      onChange: signIn => set({ signIn }),
    })}
    ${
      draft.signIn === 'authzid' || draft.signIn === 'separator'
        ? textField({ label: words.adminUser, required: true, ...textOf(part, 'imapUser') })
        : nothing
    }
    ${draft.signIn === 'separator' ? textField({ label: words.separatorField, required: true, ...textOf(part, 'separator') }) : nothing}
    ${
      draft.signIn === 'token'
        ? dropdown({
            label: words.mechanism,
            value: draft.mechanism,
            options: [
              { value: 'XOAUTH2', label: 'XOAUTH2' },
              { value: 'OAUTHBEARER', label: 'OAUTHBEARER' },
            ],
            onChange: mechanism => set({ mechanism }),
          })
        : nothing
    }
    ${secretField(part)} ${csvTable(part)}
  `
}
