import { z } from 'zod'
import { planSchema } from './plan.ts'

/** The text of `mailferry.schema.json`: what editors check and complete a plan file with. */
export function planJsonSchema(): string {
  const schema = z.toJSONSchema(planSchema, { io: 'input' })
  return `${JSON.stringify({ ...schema, title: 'Mailferry plan' }, undefined, 2)}\n`
}
