import { MailferryError } from '../../domain/errors.ts'
import type { PlanConnection, PlanJob } from '../../rpc/plan.ts'
import type { Problem } from '../../rpc/problems.ts'

/** Throws `plan.invalid` where two connections or two jobs of a plan have one name, and for readable connections nobody consented to. */
export function refuseRepeats(file: string, connections: readonly PlanConnection[], jobs: readonly PlanJob[]): void {
  const problems = [
    ...repeated('connections', connections),
    ...repeated('jobs', jobs),
    ...connections.flatMap((connection, index) =>
      connection.kind === 'imap' && connection.server.tls === 'none' && connection.server.allowPlaintext !== true
        ? [
            {
              path: `connections[${index}].server.allowPlaintext`,
              message: 'with tls “none” passwords and mail travel readable; true is your consent',
            },
          ]
        : [],
    ),
  ]
  if (problems.length > 0) throw new MailferryError('plan.invalid', { file, problems })
}

function repeated(list: string, named: readonly { readonly name: string }[]): Problem[] {
  const keys = named.map(({ name }) => name.toLowerCase())
  return named.flatMap(({ name }, index) => {
    const first = keys.indexOf(name.toLowerCase())
    return first < index ? [{ path: `${list}[${index}].name`, message: `“${name}” is already ${list}[${first}]` }] : []
  })
}
