import type { FetchFields } from './fetchParser.ts'
import type { OpenFolder } from './inFolder.ts'

export interface RangeRequest<Item> {
  readonly from: number
  /** Inclusive; open where absent. */
  readonly to?: number | undefined
  /** What to ask of each message, e.g. `(UID FLAGS)`, with its modifiers. */
  readonly items: string
  /** Picks what is wanted of a response; undefined leaves it out. */
  readonly pick: (fields: FetchFields) => Item | undefined
}

/** Lists a range of UIDs with one command. A range open at its end names the last message even where that is before it: it is left out here. */
export async function fetchRange<Item>(open: OpenFolder, { from, to, items, pick }: RangeRequest<Item>): Promise<readonly Item[]> {
  const found: Item[] = []
  await open.run({
    name: 'UID FETCH',
    text: `UID FETCH ${from}:${to ?? '*'} ${items}`,
    weight: 2,
    fetch: {
      wants: uid => uid >= from && uid <= (to ?? uid),
      fetched(fields) {
        const item = fields.uid >= from && fields.uid <= (to ?? fields.uid) ? pick(fields) : undefined
        if (item !== undefined) found.push(item)
      },
    },
  })
  return found
}
