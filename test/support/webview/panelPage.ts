import type { Browser } from 'playwright-core'
import type { PanelKind } from '../../../src/webview/panelKind.ts'
import { openPage, type Theme } from './openPage.ts'

/** A page that only shows and asks, with all that it asked for. */
export async function panelPage<State, Message>(
  browser: Browser,
  kind: PanelKind<State, Message>,
  state: State,
  theme: Theme = 'dark',
  viewport?: { width: number; height: number },
) {
  const asked: Message[] = []
  const opened = await openPage(browser, {
    kind,
    state,
    theme,
    onMessage: message => void asked.push(message),
    ...(viewport === undefined ? {} : { viewport }),
  })
  return { ...opened, asked }
}
