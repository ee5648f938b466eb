import type { Panel } from './panel.ts'

/** The panels that are open, each by what it is for. They aren't closed with the window: the workbench brings them back. */
export interface OpenPanels {
  /** Shows the panel that is open for this; false where there is none. */
  reveal(key: string): boolean
  add(key: string, panel: Pick<Panel<never>, 'reveal' | 'onDidDispose'>): void
}

export function createOpenPanels(): OpenPanels {
  const open = new Map<string, Pick<Panel<never>, 'reveal'>>()
  return {
    reveal(key) {
      open.get(key)?.reveal()
      return open.has(key)
    },
    add(key, panel) {
      open.set(key, panel)
      panel.onDidDispose(() => {
        if (open.get(key) === panel) open.delete(key)
      })
    },
  }
}
