import type { App } from './app.ts'

export const restartEngine = (app: App): void => app.engine.restart()
