import { checkable } from '../../views/attention.ts'
import type { App } from '../app.ts'

/** Checks, unasked, the connections that can be stale; what is found shows in the views and in the status bar. */
export async function checkAll({ engine }: Pick<App, 'engine'>): Promise<void> {
  const names = checkable(await engine.call('connection.list', {})).map(({ id }) => id)
  if (names.length > 0) await engine.call('connection.check', { names })
}
