import type { App } from './app.ts'
import { testAll } from './support/testAll.ts'

export const testAllConnections = (app: App): Promise<void> => testAll(app, app.mirror.connections)
