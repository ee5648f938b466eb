import { html, nothing } from 'lit'
import type { JobWizardMessage, JobWizardState } from '../../job/messages.ts'
import { createForm } from '../form.ts'
import { filtersSection } from '../job/filtersSection.ts'
import { generalSection } from '../job/generalSection.ts'
import type { Local } from '../job/part.ts'
import { scheduleSection } from '../job/scheduleSection.ts'
import { sourcesSection } from '../job/sourcesSection.ts'
import { summarySection } from '../job/summarySection.ts'
import { targetsSection } from '../job/targetsSection.ts'
import { mountPage } from '../mountPage.ts'
import { noticeBanner } from '../parts/notice.ts'
import { createWizardFrame } from '../parts/wizard.ts'
import { checkStyles, pageStyles, stepperStyles } from '../styles.ts'
import { wizardStyles } from '../wizardStyles.ts'

mountPage<JobWizardState, JobWizardMessage>([pageStyles, stepperStyles, checkStyles, wizardStyles], surface => {
  const { send, redraw } = surface
  const form = createForm<JobWizardState['draft']>((fields, edit) => send({ type: 'edit', fields, edit }))
  const frame = createWizardFrame(surface)
  const local: Local = { search: '', rowFilter: '', picked: new Set() }
  return shown => {
    const state = { ...shown, draft: form.of(shown) }
    const { words, busy } = state
    const part = { state, local, set: form.set, send, redraw }
    const contents = {
      general: generalSection(part),
      sources: sourcesSection(part),
      targets: targetsSection(part),
      filters: filtersSection(part),
      schedule: scheduleSection(part),
      summary: summarySection(part),
    }
    const isBusy = busy !== undefined
    return frame({
      title: state.title,
      lead: state.lead,
      stepsLabel: words.steps.label,
      steps: state.steps.map(step => ({ ...step, title: words.steps[step.id] })),
      sections: state.steps.map(({ id }) => ({ id, title: words.steps[id], content: contents[id] })),
      notice: noticeBanner(state.notice, at => send({ type: 'step', at })),
      actions: html`
        <vscode-button ?disabled=${isBusy} @click=${() => send({ type: 'save', start: false })}>${words.save}</vscode-button>
        <vscode-button appearance="secondary" ?disabled=${isBusy} @click=${() => send({ type: 'save', start: true })}
          >${words.saveAndStart}</vscode-button
        >
        <vscode-button appearance="secondary" @click=${() => send({ type: isBusy ? 'stop' : 'cancel' })}
          >${isBusy ? words.stop : words.cancel}</vscode-button
        >
        <span role="status" class="lead">${busy ?? nothing}</span>
      `,
    })
  }
})
