import type { EwsTransport } from '../transport/ewsTransport.ts'
import type { SchemaVersion } from './envelope.ts'
import { EwsRefusal } from './ewsRefusal.ts'

/** Schemas to ask a server in before its version is known, newest first: Exchange 2010 without a service pack refuses the first, 2007 the second too. */
const versions = ['Exchange2010_SP1', 'Exchange2010', 'Exchange2007_SP1'] as const satisfies readonly SchemaVersion[]

/** A version that isn't known yet is either told apart, or no value that the old schema allows. */
const refusals = new Set(['ErrorInvalidServerVersion', 'ErrorSchemaValidation'])

/** What the servers behind these transports were found to understand. */
const understood = new WeakMap<EwsTransport, SchemaVersion>()

/** Asks in the newest of these schemas that the server understands. Throws what `ask` throws; where each is refused, what was said of the first. */
export async function inKnownSchema<Result>(transport: EwsTransport, ask: (version: SchemaVersion) => Promise<Result>): Promise<Result> {
  const known = understood.get(transport)
  if (known) return ask(known)
  let first: EwsRefusal | undefined
  for (const version of versions) {
    try {
      const result = await ask(version)
      understood.set(transport, version)
      return result
    } catch (error) {
      if (!(error instanceof EwsRefusal) || !refusals.has(error.code)) throw error
      first ??= error
    }
  }
  throw first
}
