import type { Faults } from '../faults.ts'
import type { Organisation } from '../organisation.ts'
import { validate } from '../schema/validate.ts'
import { isAtLeast, type SchemaVersion, type ServerVersion, schemaVersions } from '../versions.ts'
import { parseXml } from '../xml/parse.ts'
import { child, element, type XmlElement } from '../xml/tree.ts'
import { writeXml } from '../xml/write.ts'
import { type EwsError, EwsFault } from './ewsError.ts'
import { type Operation, operations } from './operations.ts'

/** A request as it was read and found valid. */
export interface EwsRequest {
  readonly version: SchemaVersion
  readonly name: string
  readonly operation: Operation
  readonly body: XmlElement
  readonly impersonation: XmlElement | undefined
}

/** Reads a SOAP 1.1 request. Throws the fault Exchange answers what it can't take with. */
export function readEnvelope(request: Buffer, { version: server, faults }: Pick<Organisation, 'version' | 'faults'>): EwsRequest {
  const envelope = parsed(request)
  const header = child(envelope, 'Header')
  const [body, ...others] = child(envelope, 'Body')?.children ?? []
  if (envelope.namespace !== 'soap' || envelope.name !== 'Envelope' || !body || others.length > 0) {
    throw new EwsFault('ErrorSchemaValidation', 'The request failed schema validation: a SOAP envelope with one request is expected.')
  }
  const version = versionOf(header, server, faults.newerVersion)
  for (const field of header?.children ?? []) checkHeader(field, version)
  const operation = body.namespace === 'm' ? operations.get(body.name) : undefined
  if (!operation || !isAtLeast(server.newest, operation.since)) {
    throw new EwsFault('ErrorSchemaValidation', `The request failed schema validation: the element '${body.name}' is not known here.`)
  }
  if (!isAtLeast(version, operation.since)) throw new EwsFault('ErrorInvalidServerVersion')
  validate(body, body.name, version)
  return { version, name: body.name, operation, body, impersonation: child(header, 'ExchangeImpersonation') }
}

function parsed(request: Buffer): XmlElement {
  try {
    return parseXml(request.toString('utf8'))
  } catch (error) {
    const detail = error instanceof Error ? error.message : ''
    throw new EwsFault('ErrorSchemaValidation', `The request failed schema validation: ${detail}`)
  }
}

const headers = new Set(['RequestServerVersion', 'ExchangeImpersonation', 'MailboxCulture', 'TimeZoneContext', 'DateTimePrecision'])

function checkHeader(field: XmlElement, version: SchemaVersion): void {
  // Headers of others' namespaces are nobody's here to understand, as SOAP has it.
  if (field.namespace !== 't' && field.namespace !== 'm') return
  if (!headers.has(field.name))
    throw new EwsFault('ErrorSchemaValidation', `The request failed schema validation: the header '${field.name}' is not known here.`)
  validate(field, field.name, version)
}

/** A request that says nothing speaks the oldest version. */
function versionOf(header: XmlElement | undefined, server: ServerVersion, refusal: Faults['newerVersion']): SchemaVersion {
  const asked = child(header, 'RequestServerVersion')?.attributes['Version'] ?? 'Exchange2007'
  const version = schemaVersions.find(known => known === asked)
  if (!version || !isAtLeast(server.newest, version)) throw new EwsFault(refusal)
  return version
}

export function writeAnswer(body: XmlElement, { major, minor, majorBuild, minorBuild, name }: ServerVersion): Buffer {
  const info = element('t:ServerVersionInfo', [], {
    MajorVersion: String(major),
    MinorVersion: String(minor),
    MajorBuildNumber: String(majorBuild),
    MinorBuildNumber: String(minorBuild),
    Version: name,
  })
  const envelope = element('soap:Envelope', [element('soap:Header', [info]), element('soap:Body', [body])])
  return Buffer.from(writeXml(envelope))
}

/** As Exchange writes faults: the code both in `faultcode` and in the detail, in the errors' namespace. */
export function writeFault({ code, message, values }: EwsError): Buffer {
  const plain = (name: string, content: string | readonly XmlElement[]): XmlElement => ({ ...element('m:x', content), namespace: '', name })
  const named = Object.entries(values).map(([name, value]) => element('t:Value', value, { Name: name }))
  const fault = element('soap:Fault', [
    plain('faultcode', `t:${code}`),
    plain('faultstring', message),
    plain('detail', [
      element('e:ResponseCode', code),
      element('e:Message', message),
      ...(named.length > 0 ? [element('t:MessageXml', named)] : []),
    ]),
  ])
  return Buffer.from(writeXml(element('soap:Envelope', [element('soap:Body', [fault])])))
}
