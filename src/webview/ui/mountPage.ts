import { adoptStyles, type CSSResultOrNative, render, type TemplateResult } from 'lit'
import { defineComponents } from './components.ts'
import { connectPage } from './page.ts'

/** What a page's templates work with. */
export interface Surface<Message> {
  send(message: Message): void
  readonly root: ShadowRoot
  /** Draws again what only the page knows, such as which step is in view. */
  redraw(): void
}

/** Draws the page for each state that the host shows. */
export function mountPage<State, Message>(
  styles: readonly CSSResultOrNative[],
  page: (surface: Surface<Message>) => (state: State) => TemplateResult,
): void {
  defineComponents()
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  adoptStyles(root, [...styles])
  document.body.append(host)
  let last: State | undefined
  const redraw = (): void => {
    if (last !== undefined) render(draw(last), root)
  }
  const { send } = connectPage<State, Message>(state => {
    last = state
    redraw()
  })
  const draw = page({ send, root, redraw })
}
