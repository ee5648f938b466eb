import { descend, textAt, type XmlNode } from './node.ts'
import { type Meaning, meaningOf } from './responseCodes.ts'

/** What a server says went wrong with a request or with one of its parts. Never its `MessageText`: that may quote an item. */
export interface Trouble {
  /** Exchange's response code, a SOAP fault's code, or the HTTP status. */
  readonly code: string
  readonly meaning: Meaning | undefined
  /** Milliseconds the server wants to be left alone (`BackOffMilliseconds`, `Retry-After`). */
  readonly backOffMs?: number
}

export const troubleOfCode = (code: string, backOffMs?: number): Trouble => ({
  code,
  meaning: meaningOf(code),
  ...(backOffMs !== undefined && { backOffMs }),
})

/**
 * The trouble of a response message, or nothing where it succeeded. A warning says that the rest of its batch was not tried.
 * Under load Exchange wraps ErrorServerBusy into an ErrorInternalServerError, in an answer with the HTTP status 200 ("EWS throttling in Exchange", table 4).
 */
export function troubleOfMessage(message: XmlNode): Trouble | undefined {
  if (message.name === 'Fault') return troubleOfFault(message)
  const code = textAt(message, 'ResponseCode') ?? ''
  if (message.attributes['ResponseClass'] === 'Success' || code === 'NoError') return undefined
  return withInner(code === '' ? 'an error without a code' : code, descend(message, 'MessageXml'), textAt(message, 'MessageText'))
}

function troubleOfFault(fault: XmlNode): Trouble {
  const detail = descend(fault, 'detail') ?? descend(fault, 'Detail')
  const faultCode = textAt(fault, 'faultcode') ?? textAt(fault, 'Code', 'Value')
  const code = textAt(detail, 'ResponseCode') ?? faultCode?.slice(faultCode.indexOf(':') + 1) ?? 'Fault'
  return withInner(code, descend(detail, 'MessageXml'), textAt(detail, 'Message') ?? textAt(fault, 'faultstring'))
}

function withInner(code: string, xml: XmlNode | undefined, text: string | undefined): Trouble {
  const value = (name: string) => xml?.children.find(child => child.attributes['Name'] === name)?.text
  const inner = value('InnerErrorResponseCode') ?? (/\bErrorServerBusy\b/.test(text ?? '') ? 'ErrorServerBusy' : undefined)
  const backOff = Number(value('BackOffMilliseconds') ?? Number.NaN)
  const wrapped = code === 'ErrorInternalServerError' && inner !== undefined && meaningOf(inner) !== undefined
  return troubleOfCode(wrapped ? inner : code, Number.isFinite(backOff) && backOff >= 0 ? backOff : undefined)
}
