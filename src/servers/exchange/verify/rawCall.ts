import type { TypedCall } from '../library/typedEws.ts'
import { RequestTrouble, readAnswer } from '../soap/answer.ts'
import { envelope, type SchemaVersion } from '../soap/envelope.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import { inKnownSchema } from '../soap/knownSchema.ts'
import type { XmlNode } from '../soap/node.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'

/** An operation that the library hasn't got: its first response message. Throws what the transport throws, and `EwsRefusal` for faults. */
export const rawCall = (transport: EwsTransport, operation: string, call: TypedCall): Promise<XmlNode | undefined> =>
  inKnownSchema(transport, version => callIn(version, transport, operation, call))

async function callIn(
  version: SchemaVersion,
  transport: EwsTransport,
  operation: string,
  { signal, actingFor }: TypedCall,
): Promise<XmlNode | undefined> {
  const { start, end } = envelope({
    version,
    ...(actingFor?.access === 'impersonation' && { impersonate: actingFor.mailbox }),
  })
  const response = await transport.post([Buffer.from(start + operation + end)], {
    signal,
    ...(actingFor && { mailbox: actingFor.mailbox }),
  })
  try {
    for await (const part of readAnswer(new URL(transport.url).hostname, response)) if ('message' in part) return part.message
    return undefined
  } catch (error) {
    throw error instanceof RequestTrouble ? new EwsRefusal(error.trouble.code) : error
  }
}
