import type { App } from './app.ts'

export function clearConnectionFilter({ views, setContext }: App): void {
  views.filterConnections('')
  setContext('mailferry.connectionsFiltered', false)
}
