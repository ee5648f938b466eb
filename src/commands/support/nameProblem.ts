import { checkName, refuseTaken } from '../../domain/names.ts'
import type { Wording } from '../../views/wording.ts'

/** Why a text can't be the name of a connection or job, while it is typed; `others` are the names that are taken. */
export function nameProblem(
  { describe }: Wording,
  kind: 'connection' | 'job',
  text: string,
  others: readonly string[],
): string | undefined {
  const name = checkName(kind, text)
  const problem = typeof name === 'string' ? refuseTaken(kind, name, others) : name
  return problem && describe(problem).message
}
