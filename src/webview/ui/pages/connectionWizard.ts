import type { ConnectionWizardMessage, ConnectionWizardState } from '../../connection/messages.ts'
import { actions } from '../connection/actions.ts'
import { adminSection } from '../connection/adminSection.ts'
import { configurationSection } from '../connection/configurationSection.ts'
import { serverSection } from '../connection/serverSection.ts'
import { summarySection } from '../connection/summarySection.ts'
import { typeSection } from '../connection/typeSection.ts'
import { createForm } from '../form.ts'
import { mountPage } from '../mountPage.ts'
import { banner } from '../parts/banner.ts'
import { noticeBanner } from '../parts/notice.ts'
import { createWizardFrame } from '../parts/wizard.ts'
import { checkStyles, pageStyles, stepperStyles } from '../styles.ts'
import { wizardStyles } from '../wizardStyles.ts'

mountPage<ConnectionWizardState, ConnectionWizardMessage>([pageStyles, stepperStyles, checkStyles, wizardStyles], surface => {
  const { send } = surface
  const form = createForm<ConnectionWizardState['draft']>((fields, edit) => send({ type: 'edit', fields, edit }))
  const frame = createWizardFrame(surface)
  return shown => {
    const state = { ...shown, draft: form.of(shown) }
    const { words } = state
    const part = { state, set: form.set, send }
    const contents = {
      type: typeSection(part),
      server: serverSection(part),
      admin: adminSection(part),
      configuration: configurationSection(part),
      summary: summarySection(part),
    }
    return frame({
      title: state.title,
      lead: state.lead,
      stepsLabel: words.steps.label,
      steps: state.steps.map(step => ({ ...step, title: words.steps[step.id] })),
      sections: state.steps.map(({ id }) => ({ id, title: words.steps[id], content: contents[id] })),
      ...(state.exempt === undefined ? {} : { intro: banner('info', state.exempt) }),
      notice: noticeBanner(state.notice, at => send({ type: 'step', at })),
      actions: actions(part),
    })
  }
})
