import { writeFileSync } from 'node:fs'
import { planJsonSchema } from '../src/rpc/planJsonSchema.ts'

writeFileSync(new URL('../mailferry.schema.json', import.meta.url), planJsonSchema())
