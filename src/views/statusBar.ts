import { StatusBarAlignment, ThemeColor, window } from 'vscode'
import { fullId } from '../commands/commandTable.ts'
import type { Mirror } from './mirror.ts'
import type { Speeds } from './speeds.ts'
import { statusOf } from './statusText.ts'
import type { Wording } from './wording.ts'

/** The one status-bar item; hidden while there is nothing to say. */
export function createStatusBar(mirror: Mirror, speeds: Speeds, wording: Wording): Disposable {
  const item = window.createStatusBarItem('mailferry.status', StatusBarAlignment.Left)
  item.name = 'Mailferry'

  const draw = (): void => {
    const { connections, jobs } = mirror
    const perSecond = jobs.reduce((sum, { id }) => sum + speeds.ofJob(id), 0)
    const status = mirror.state.state === 'running' ? statusOf(wording, { connections, jobs, perSecond }) : undefined
    if (status === undefined) {
      item.hide()
      return
    }
    item.text = status.text
    item.tooltip = status.tooltip
    item.accessibilityInformation = { label: `Mailferry: ${status.spoken}` }
    item.backgroundColor = status.warning ? new ThemeColor('statusBarItem.warningBackground') : undefined
    item.command = fullId(status.click)
    item.show()
  }
  const listening = mirror.onDidChange(draw)
  return {
    [Symbol.dispose]() {
      listening.dispose()
      item.dispose()
    },
  }
}
