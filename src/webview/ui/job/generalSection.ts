import { html, nothing, type TemplateResult } from 'lit'
import { checkbox, dropdown, radios, textField } from '../parts/fields.ts'
import { flagOf, type Part, textOf } from './part.ts'

export function generalSection(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, problems } = state
  const named = (names: readonly string[], chosen: string) =>
    [...new Set([...(names.includes(chosen) ? [] : [chosen]), ...names])].map(name => ({ value: name, label: name }))
  return html`
    ${textField({ label: words.name, hint: words.nameHint, required: true, ...textOf(part, 'name') })}
    ${dropdown({
      label: words.source,
      value: draft.source,
      error: problems.source,
      disabled: !state.isNew,
      options: named(state.sources, draft.source),
      onChange: source => set({ source }),
    })}
    ${dropdown({
      label: words.target,
      value: draft.target,
      error: problems.target,
      disabled: !state.isNew,
      hint: words.connectionsFixed,
      options: named(state.targets, draft.target),
      onChange: target => set({ target }),
    })}
    ${radios({
      label: words.policy,
      value: draft.policy,
      options: [
        { value: 'new', label: words.policyNew },
        { value: 'changes', label: words.policyChanges },
        { value: 'mirror', label: words.policyMirror },
      ],
      onChange: policy => set({ policy }),
    })}
    ${checkbox({ label: words.newestFirst, ...flagOf(part, 'newestFirst') })}
    ${checkbox({ label: words.subscriptions, ...flagOf(part, 'subscriptions') })}
    ${checkbox({ label: words.allowSharedTargets, ...flagOf(part, 'allowSharedTargets') })}
    ${
      state.canHaveArchives || draft.archives
        ? checkbox({ label: state.archivesInBeta ? words.archivesInBeta : words.archives, ...flagOf(part, 'archives') })
        : nothing
    }
    ${
      state.canTryUnproven || draft.unprovenTransfer
        ? checkbox({ label: words.unprovenTransfer, ...flagOf(part, 'unprovenTransfer') })
        : nothing
    }
    ${checkbox({ label: words.cutOver, ...flagOf(part, 'cutOver') })}
  `
}
