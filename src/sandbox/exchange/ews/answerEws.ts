import type { Person } from '../directory.ts'
import type { RequestFault, RequestInfo } from '../faults.ts'
import type { Organisation } from '../organisation.ts'
import { child, element, type XmlElement } from '../xml/tree.ts'
import { type Result, responseMessage } from './answer.ts'
import { type EwsRequest, readEnvelope, writeAnswer, writeFault } from './envelope.ts'
import { EwsError, EwsFault } from './ewsError.ts'
import { impersonate } from './impersonate.ts'
import type { Session } from './session.ts'

export interface EwsContext {
  /** Whether a request may run now, asked once it is known whose budget it is and before anything is done. */
  readonly admit?: (request: RequestInfo) => RequestFault | undefined
}

export interface EwsAnswer {
  /** 200, or 500 with a SOAP fault. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** What was asked; absent where the request was not taken. */
  readonly request?: RequestInfo
}

const headers = { 'content-type': 'text/xml; charset=utf-8' }

/**
 * Answers one SOAP request of somebody who has signed in. Everything is done when the answer is there: whoever drops it leaves a client that
 * doesn't know. Rejects only where this server itself is wrong.
 */
export async function answerEws(
  organisation: Organisation,
  caller: Person,
  request: Buffer,
  { admit }: EwsContext = {},
): Promise<EwsAnswer> {
  let info: RequestInfo | undefined
  try {
    const read = readEnvelope(request, organisation)
    const actor = impersonate(organisation, caller, read.impersonation)
    info = describe(read, request, caller, actor)
    const withheld = organisation.faults.withheld.get(read.name)
    if (withheld) throw new EwsFault(withheld)
    const fault = organisation.faults.request?.(info) ?? admit?.(info)
    if (fault?.as === 'fault') throw toFault(fault)
    const session = { organisation, operation: read.name, actor, version: read.version, now: organisation.now() }
    const body = fault ? respond(read, refuseAll(read, fault)) : run(read, session, organisation.faults.dropAnswers?.(info) ?? 0)
    return { status: 200, headers, body: writeAnswer(body, organisation.version), request: info }
  } catch (error) {
    if (!(error instanceof EwsFault)) throw error
    return { status: 500, headers, body: writeFault(error), ...(info && { request: info }) }
  }
}

/** The parts of a request that are answered one by one. */
const partsOf = ({ operation, body }: EwsRequest): readonly XmlElement[] => child(body, operation.parts ?? '')?.children ?? [body]

const describe = (read: EwsRequest, request: Buffer, caller: Person, actor: Person): RequestInfo => ({
  operation: read.name,
  count: partsOf(read).length,
  size: request.length,
  caller: caller.objectGuid,
  actingAs: actor.objectGuid,
})

function run(read: EwsRequest, session: Session, dropped: number): XmlElement {
  const { operation, body } = read
  try {
    const results = operation.answers === 'messages' ? operation.run(body, session) : [operation.run(body, session)]
    return respond(read, results.slice(0, Math.max(1, results.length - dropped)))
  } catch (error) {
    if (!(error instanceof EwsError) || error instanceof EwsFault) throw error
    // What is wrong with the request as a whole is said of each of its parts.
    return respond(
      read,
      partsOf(read).map(() => error),
    )
  }
}

function respond({ name, operation }: EwsRequest, results: readonly Result[]): XmlElement {
  const [first] = results
  if (operation.answers === 'one' && first) return responseMessage(`${name}Response`, first, operation.empty)
  const messages = results.map(result => responseMessage(`${name}ResponseMessage`, result, operation.empty))
  return element(`m:${name}Response`, [element('m:ResponseMessages', messages)])
}

const refuseAll = (read: EwsRequest, fault: RequestFault): Result[] => partsOf(read).map(() => toError(fault))

const toFault = (fault: RequestFault): EwsFault => new EwsFault(fault.code, undefined, backOff(fault))

function toError(fault: RequestFault): EwsError {
  if (fault.as !== 'inner') return new EwsError(fault.code, undefined, backOff(fault))
  const inner = new EwsError(fault.code)
  return new EwsError('ErrorInternalServerError', undefined, {
    InnerErrorMessageText: inner.message,
    InnerErrorResponseCode: inner.code,
    InnerErrorDescriptiveLinkKey: '0',
    ...backOff(fault),
  })
}

const backOff = (fault: RequestFault): Record<string, string> =>
  fault.code === 'ErrorServerBusy' ? { BackOffMilliseconds: String(fault.backOffMilliseconds) } : {}
