import type { App } from './app.ts'

export const stopSandbox = (app: App): void => app.sandbox.stop()
