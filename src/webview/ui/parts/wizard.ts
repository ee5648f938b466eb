import { html, type TemplateResult } from 'lit'
import type { Surface } from '../mountPage.ts'
import { jumpTo, type Step, stepper } from './stepper.ts'

interface Section {
  readonly id: string
  readonly title: string
  readonly content: TemplateResult
}

interface WizardPage {
  readonly title: string
  readonly lead: string
  readonly stepsLabel: string
  readonly steps: readonly Step[]
  readonly sections: readonly Section[]
  readonly above: unknown
  readonly footer: TemplateResult
}

/** Sections on one page, with steps beside them that follow the focus and jump. */
export function createWizardFrame({ root, redraw }: Pick<Surface<unknown>, 'root' | 'redraw'>): (page: WizardPage) => TemplateResult {
  let current: string | undefined
  const enter = (id: string): void => {
    if (id === current) return
    current = id
    redraw()
  }
  return ({ title, lead, stepsLabel, steps, sections, above, footer }) => html`
    <main>
      <h1>${title}</h1>
      <p class="lead">${lead}</p>
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
          <div aria-live="assertive">${above}</div>
          <div class="actions footer">${footer}</div>
        </div>
      </div>
    </main>
  `
}
