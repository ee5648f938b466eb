import { html, nothing, type TemplateResult } from 'lit'
import { days } from '../../../domain/schedule.ts'
import type { Window } from '../../job/draft.ts'
import { checkbox, dropdown, textField } from '../parts/fields.ts'
import { errorText, type Part, textOf } from './part.ts'

export function scheduleSection(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, problems } = state
  const put = (windows: readonly Window[]): void => set({ windows: [...windows] })
  return html`
    ${textField({ label: words.pairsAtOnce, ...textOf(part, 'pairsAtOnce') })}
    ${textField({ label: words.connectionsPerServer, ...textOf(part, 'connectionsPerServer') })}
    ${textField({ label: words.megabytesPerSecond, ...textOf(part, 'megabytesPerSecond') })}
    ${textField({ label: words.maxErrorsPerPair, ...textOf(part, 'maxErrorsPerPair') })}
    ${textField({ label: words.notBefore, hint: words.notBeforeHint, placeholder: '2026-01-31 20:00', ...textOf(part, 'notBefore') })}
    <h3>${words.windows}</h3>
    <p class="hint">${words.windowsHint}</p>
    ${draft.windows.map((window, at) => windowFields(part, window, at, put))}
    ${errorText(problems.windows)}
    <div class="actions">
      <vscode-button
        appearance="secondary"
        @click=${() => put([...draft.windows, { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: 20, to: 24 }])}
        >${words.addWindow}</vscode-button
      >
    </div>
    ${draft.windows.length === 0 ? nothing : textField({ label: words.timeZone, placeholder: 'Europe/Berlin', ...textOf(part, 'timeZone') })}
    ${textField({ label: words.deltaEvery, hint: words.deltaHint, ...textOf(part, 'deltaEvery') })}
  `
}

function windowFields(
  { state: { words, draft } }: Part,
  window: Window,
  at: number,
  put: (windows: readonly Window[]) => void,
): TemplateResult {
  const change = (fields: Partial<Window>): void => put(draft.windows.map((one, index) => (index === at ? { ...one, ...fields } : one)))
  const hours = words.hours.map((label, hour) => ({ value: String(hour), label }))
  const name = `${words.window} ${at + 1}`
  return html`
    <fieldset>
      <legend>${name}</legend>
      <div class="actions">
        ${days.map(day =>
          checkbox({
            label: words.days[day],
            checked: window.days.includes(day),
            onChange: on => change({ days: days.filter(one => (one === day ? on : window.days.includes(one))) }),
          }),
        )}
      </div>
      <div class="actions">
        ${dropdown({ label: words.from, value: String(window.from), options: hours, onChange: hour => change({ from: Number(hour) }) })}
        ${dropdown({ label: words.to, value: String(window.to), options: hours, onChange: hour => change({ to: Number(hour) }) })}
        <vscode-button
          appearance="secondary"
          aria-label="${words.remove}: ${name}"
          @click=${() => put(draft.windows.filter((_, index) => index !== at))}
          >${words.remove}</vscode-button
        >
      </div>
    </fieldset>
  `
}
