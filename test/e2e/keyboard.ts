import assert from 'node:assert/strict'
import type { Workbench } from '../support/vscode/workbench.ts'

/** What a person does in the panel that is in front without a mouse. */
export interface Keyboard {
  /** Goes on by Tab to the field, button or link of that name, at most once around. */
  tabTo(name: string): Promise<void>
  type(text: string): Promise<void>
  press(key: string): Promise<void>
}

/** More than any page has places for the focus. */
const most = 120

/** What a screen reader calls the control that has the focus: one of the page's own, whatever lies inside of it. */
const focusedName = `(() => {
  const control = document.activeElement?.shadowRoot?.activeElement
  return (control?.getAttribute('aria-label') ?? control?.textContent ?? '').trim()
})()`

export function createKeyboard(window: Workbench): Keyboard {
  const { keyboard } = window.page
  return {
    async tabTo(name) {
      const names: string[] = []
      for (let tabs = 0; tabs < most; tabs += 1) {
        await keyboard.press('Tab')
        const focused: string = await window.panel().locator('body').evaluate(focusedName)
        if (focused === name) return
        names.push(focused)
      }
      assert.fail(`“${name}” isn’t reached by Tab, but ${[...new Set(names)].join(' | ')}`)
    },
    type: text => keyboard.type(text),
    press: key => keyboard.press(key),
  }
}
