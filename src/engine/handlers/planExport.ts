import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { exportPlan } from '../plan/exportPlan.ts'

export const planExport: Handler<'plan.export', EngineContext> = ({ ledger }) => exportPlan(ledger.db)
