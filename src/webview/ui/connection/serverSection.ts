import { html, nothing, type TemplateResult } from 'lit'
import { checkbox, dropdown, radios, textArea, textField } from '../parts/fields.ts'
import { office365Server } from './office365Section.ts'
import { flagOf, type Part, textOf } from './part.ts'

export const serverSection = (part: Part): TemplateResult => sections[part.state.draft.kind](part)

const sections = { exchange, office365: office365Server, imap } as const

function exchange(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, problems, mode } = state
  const fixed = mode === 'reconfigure'
  return html`
    ${radios({
      label: words.findBy,
      value: draft.findBy,
      error: problems.findBy,
      options: [
        { value: 'autodiscover', label: words.byAutodiscover },
        { value: 'host', label: words.byHost },
        { value: 'url', label: words.byUrl },
      ],
      onChange: findBy => set({ findBy }),
    })}
    ${
      draft.findBy === 'autodiscover'
        ? html`${textField({ label: words.domain, placeholder: 'contoso.com', required: true, ...textOf(part, 'domain') })}
          ${textField({ label: words.at, hint: words.atHint, ...textOf(part, 'at') })}`
        : draft.findBy === 'host'
          ? textField({
              label: words.host,
              placeholder: 'mail.contoso.com',
              hint: words.exchangeHostHint,
              required: true,
              ...textOf(part, 'exchangeHost'),
            })
          : textField({
              label: words.url,
              placeholder: 'https://mail.contoso.com/EWS/Exchange.asmx',
              required: true,
              ...textOf(part, 'url'),
            })
    }
    <details ?open=${problems.exchangeCaFile !== undefined || problems.fingerprints !== undefined}>
      <summary>${words.trust}</summary>
      ${textField({ label: words.caFile, disabled: fixed, ...textOf(part, 'exchangeCaFile') })}
      ${textArea({ label: words.fingerprints, rows: 2, disabled: fixed, ...textOf(part, 'fingerprints') })}
      ${checkbox({ label: words.allowOldTls, disabled: fixed, ...flagOf(part, 'allowOldTls') })}
    </details>
  `
}

function imap(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, problems } = state
  return html`
    ${textField({ label: words.host, placeholder: 'imap.example.com', required: true, ...textOf(part, 'imapHost') })}
    ${dropdown({
      label: words.tls,
      value: draft.tls,
      error: problems.tls,
      options: [
        { value: 'implicit', label: words.implicit },
        { value: 'starttls', label: words.starttls },
        { value: 'none', label: words.none },
      ],
      onChange: tls => set({ tls }),
    })}
    ${draft.tls === 'none' ? checkbox({ label: words.allowPlaintext, ...flagOf(part, 'allowPlaintext') }) : nothing}
    ${textField({ label: words.port, hint: words.portHint, ...textOf(part, 'port') })}
    <details ?open=${problems.imapCaFile !== undefined || problems.fingerprint !== undefined}>
      <summary>${words.trust}</summary>
      ${textField({ label: words.caFile, ...textOf(part, 'imapCaFile') })}
      ${textField({ label: words.fingerprint, ...textOf(part, 'fingerprint') })}
    </details>
    ${checkbox({ label: words.compress, ...flagOf(part, 'compress') })}
  `
}
