import type { Handler } from '../../rpc/protocol.ts'
import type { ApplyLine } from '../../rpc/results.ts'
import type { EngineContext } from '../context.ts'
import { applyPlan } from '../plan/applyPlan.ts'
import { readPlan } from '../plan/readPlan.ts'

/** Applies a plan file in one transaction; with `check` the transaction is undone and only what it would do is told. */
export const planApply: Handler<'plan.apply', EngineContext> = async ({ ledger }, { file, check, text }) => {
  const plan = await readPlan(file, text)
  if (check !== true) return { lines: await ledger.write(tx => applyPlan(tx, plan)) }
  const told: { lines?: readonly ApplyLine[] } = {}
  const undone = new Error('undone on purpose')
  await ledger
    .write(async tx => {
      told.lines = await applyPlan(tx, plan)
      throw undone
    })
    .catch(error => {
      if (error !== undone) throw error
    })
  return { lines: told.lines ?? [] }
}
