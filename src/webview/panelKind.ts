import type { z } from 'zod'

/** What a panel is; declared once for its host and its page. */
export interface PanelKind<State, Message> {
  /** As in the manifest and in `registerWebviewPanelSerializer`: `mailferry.connectionWizard`. */
  readonly viewType: string
  /** Name of its page's bundle in `dist/ui`. */
  readonly script: string
  /** Everything its page may say. Whatever else arrives is dropped and logged by kind, never by content. */
  readonly message: z.ZodType<Message>
  /** Carries the type of what the page is shown. */
  readonly state?: State
}
