import { element, type XmlElement } from '../xml/tree.ts'
import { EwsError, EwsFault } from './ewsError.ts'

/** The content of a response message behind its status, for one part of a request that worked. */
export interface Outcome {
  readonly content: readonly XmlElement[]
  /** Exchange's `Warning`: it worked, and there is something to say. */
  readonly warning?: EwsError
}

export const done = (...content: readonly XmlElement[]): Outcome => ({ content })

/** `empty`: what the schema wants to see even in an error, such as `m:Items`. */
export function responseMessage(name: string, result: Result, empty: readonly XmlElement[]): XmlElement {
  if (result instanceof EwsError) return element(`m:${name}`, [...statusOf(result), ...empty], { ResponseClass: 'Error' })
  const { content, warning } = result
  return warning
    ? element(`m:${name}`, [...statusOf(warning), ...content], { ResponseClass: 'Warning' })
    : element(`m:${name}`, [element('m:ResponseCode', 'NoError'), ...content], { ResponseClass: 'Success' })
}

function statusOf({ message, code, values }: EwsError): XmlElement[] {
  const named = Object.entries(values).map(([name, value]) => element('t:Value', value, { Name: name }))
  return [
    element('m:MessageText', message),
    element('m:ResponseCode', code),
    element('m:DescriptiveLinkKey', '0'),
    ...(named.length > 0 ? [element('m:MessageXml', named)] : []),
  ]
}

export type Result = Outcome | EwsError

/** Works on the parts of a request one by one: what goes wrong with one is its own result, and the others go on. */
export function eachPart<T>(parts: readonly T[], work: (part: T, index: number) => Outcome): Result[] {
  let stopped = false
  return parts.map((part, index) => {
    if (stopped) return new EwsError('ErrorBatchProcessingStopped')
    try {
      return work(part, index)
    } catch (error) {
      if (!(error instanceof EwsError) || error instanceof EwsFault) throw error
      // When the store itself is in trouble, a batch is given up, and that is said of each part that is left.
      stopped = endsBatch.has(error.code)
      return error
    }
  })
}

const endsBatch = new Set([
  'ErrorBatchProcessingStopped',
  'ErrorMailboxStoreUnavailable',
  'ErrorMailboxMoveInProgress',
  'ErrorMailboxFailover',
  'ErrorQuotaExceeded',
])
