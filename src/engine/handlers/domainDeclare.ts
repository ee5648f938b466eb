import { concernedBy, declared, exemption, undeclared } from '../../domain/domainChange.ts'
import { listConnections } from '../../ledger/connections.ts'
import { setVerification } from '../../ledger/editConnections.ts'
import { journal } from '../../ledger/journal.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Marks the connections, on both sides, that a domain's change concerns as stale, or with `undo` takes that back. Tells of each what depends on the domain, and of the others why nothing does. */
export const domainDeclare: Handler<'domain.declare', EngineContext> = ({ ledger }, { domain, undo }) =>
  ledger.write(async tx => {
    const at = new Date(ledger.clock.now()).toISOString()
    const all = await listConnections(tx)
    const concerned = concernedBy(domain, all)
    const connections = []
    for (const { connection, because } of concerned) {
      const { id, name, role, verification: before } = connection
      const verification = undo === true ? undeclared(before, domain) : declared(before, domain, at)
      if (verification !== undefined) {
        await setVerification(tx, id, verification)
        await journal(tx, { subject: id, what: undo === true ? 'domain.declarationUndone' : 'domain.declared', detail: { domain } })
      }
      connections.push({ connection: name, role, because, marked: verification !== undefined, verification: verification ?? before })
    }
    const others = all
      .filter(one => !concerned.some(({ connection }) => connection.id === one.id))
      .map(({ name, role, settings }) => ({ connection: name, role, reason: exemption(settings) ?? `Nothing of it depends on ${domain}.` }))
    return { connections, others }
  })
