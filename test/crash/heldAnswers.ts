import type { Troubles } from '../../src/sandbox/http/trouble.ts'
import type { Held } from './side.ts'

/** What makes items, as EWS and Graph call it. */
export const creating = ['CreateItem', 'UploadItems', 'POST users/{user}/mailFolders/{folder}/messages', 'POST importItem']

/** Longer than whoever waits for an answer lives. */
const milliseconds = 10_000

/** Holds back the answers of a server of the sandbox that made items. */
export function holdAnswers(troubles: Troubles): Held {
  const before = troubles.struck
  troubles.add({ trouble: { kind: 'delay', milliseconds }, operations: creating })
  return { written: () => troubles.struck > before, release: () => troubles.clear() }
}
