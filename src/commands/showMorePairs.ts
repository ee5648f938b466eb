import type { MoreNode } from '../views/rows/node.ts'
import type { App } from './app.ts'

export async function showMorePairs(app: App, picked?: MoreNode): Promise<void> {
  if (picked !== undefined) await app.mirror.readMorePairs(picked.job)
}
