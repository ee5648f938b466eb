import type { Item } from '../../../exchange/item.ts'
import type { GraphCall } from '../call.ts'

/** Whether lists and deltas know of an item already: what was just created or moved may lag behind. By its id it is found at once. */
export function isVisible({ site, now }: GraphCall, item: Item): boolean {
  const { arrivals, switches } = site.tenant
  const arrived = arrivals.get(item)
  return arrived === undefined || switches.lagMilliseconds === 0 || now >= arrived + switches.lagMilliseconds
}
