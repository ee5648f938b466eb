import { html, type TemplateResult } from 'lit'

export interface Step {
  /** Also the id of the section it leads to. */
  readonly id: string
  readonly title: string
  readonly state: 'open' | 'passed' | 'failed'
  /** The state in a word, for who can't see the mark. */
  readonly spoken: string
}

const marks = { open: '○', passed: '✓', failed: '!' } as const

/** The steps, each of them reachable at any time. */
export const stepper = (label: string, steps: readonly Step[], current: string, onJump: (id: string) => void): TemplateResult => html`
  <nav aria-label=${label}>
    <ol>
      ${steps.map(
        ({ id, title, state, spoken }) => html`
          <li>
            <a
              href="#${id}"
              aria-label="${title}, ${spoken}"
              aria-current=${id === current ? 'step' : 'false'}
              @click=${(event: Event) => {
                event.preventDefault()
                onJump(id)
              }}
              ><span class="mark ${state}" aria-hidden="true">${marks[state]}</span><span>${title}</span></a
            >
          </li>
        `,
      )}
    </ol>
  </nav>
`

/** Brings a section into view and puts the focus on its heading, so that the keyboard goes on from there. */
export function jumpTo(root: ParentNode, id: string): void {
  const section = root.querySelector(`#${CSS.escape(id)}`)
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
}
