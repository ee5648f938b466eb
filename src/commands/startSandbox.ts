import type { App } from './app.ts'

export const startSandbox = (app: App): void => app.sandbox.start()
