import { hostKey } from '../../domain/addresses.ts'
import { setTick } from '../../ledger/cutoverTicks.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Keeps what a person says of a step that no fact tells of, or takes it back. */
export const cutoverTick: Handler<'cutover.tick', EngineContext> = ({ ledger }, { domain, step, done, note }) =>
  ledger.write(tx => setTick(tx, { domain: hostKey(domain), step, done, note }))
