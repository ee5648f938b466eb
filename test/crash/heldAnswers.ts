import type { Troubles } from '../../src/sandbox/http/trouble.ts'
import type { Held } from './side.ts'

/** What makes items, as EWS and Graph call it. */
export const creating = ['CreateItem', 'UploadItems', 'POST users/{user}/mailFolders/{folder}/messages', 'POST importItem']

/** Longer than whoever waits for an answer lives. */
const milliseconds = 10_000

/** Holds back the answers of a server of the sandbox: of those that made items, or of all after so many. */
export function holdAnswers(troubles: Troubles, after?: number): Held {
  const before = troubles.struck
  const trouble = { kind: 'delay', milliseconds } as const
  troubles.add(after === undefined ? { trouble, operations: creating } : { trouble, skip: after })
  return { asked: () => troubles.struck > before, release: () => troubles.clear() }
}
