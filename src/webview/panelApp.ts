import type { App } from '../commands/app.ts'
import type { Speeds } from '../views/speeds.ts'
import type { OpenPanels } from './openPanels.ts'
import type { PanelHost } from './panel.ts'

/** What the panels work with. */
export interface PanelApp extends App {
  readonly host: PanelHost
  readonly open: OpenPanels
  readonly speeds: Speeds
}
