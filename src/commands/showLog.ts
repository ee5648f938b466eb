import type { App } from './app.ts'

export const showLog = (app: App): void => app.log.show()
