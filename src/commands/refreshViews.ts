import type { App } from './app.ts'

export const refreshViews = (app: App): void => app.mirror.refresh()
