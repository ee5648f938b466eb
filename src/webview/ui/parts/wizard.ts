import { html, nothing, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import type { Surface } from '../mountPage.ts'
import { keepClearOf } from './keepClearOf.ts'
import { jumpTo, type Step, stepper } from './stepper.ts'

interface Section {
  readonly id: string
  readonly title: string
  readonly content: TemplateResult
}

interface WizardPage {
  readonly title: string
  readonly lead: string
  /** What else is to be known before anything is filled in. */
  readonly intro?: unknown
  readonly stepsLabel: string
  readonly steps: readonly Step[]
  readonly sections: readonly Section[]
  /** What is to be done about the whole; last for the keyboard, on top for the eye, where no notification of the workbench covers it. */
  readonly actions: TemplateResult
  readonly notice: unknown
}

/** Sections on one page, with steps beside them that follow the focus and jump. */
export function createWizardFrame({ root, redraw }: Pick<Surface<unknown>, 'root' | 'redraw'>): (page: WizardPage) => TemplateResult {
  let current: string | undefined
  const enter = (id: string): void => {
    if (id === current) return
    current = id
    redraw()
  }
  return ({ title, lead, intro = nothing, stepsLabel, steps, sections, actions, notice }) => html`
    <main class="wizard">
      <h1>${title}</h1>
      <p class="lead">${lead}</p>
      ${intro}
      <div class="columns">
        ${stepper(stepsLabel, steps, current ?? steps[0]?.id ?? '', id => {
          enter(id)
          jumpTo(root, id)
        })}
        <div>
          ${sections.map(
            section => html`<section id=${section.id} aria-labelledby="${section.id}-title" @focusin=${() => enter(section.id)}>
              <h2 id="${section.id}-title" tabindex="-1">${section.title}</h2>
              ${section.content}
            </section>`,
          )}
        </div>
      </div>
      <div class="bar" ${ref(keepClearOf)}>
        <div class="actions">${actions}</div>
        <div aria-live="assertive">${notice}</div>
      </div>
    </main>
  `
}
