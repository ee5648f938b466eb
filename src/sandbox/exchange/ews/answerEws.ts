import type { Person } from '../directory.ts'
import type { RequestFault, RequestInfo } from '../faults.ts'
import type { Organisation } from '../organisation.ts'

export interface EwsContext {
  /** Whether a request may run now, asked once it is known whose budget it is and before anything is done. */
  readonly admit?: (request: RequestInfo) => RequestFault | undefined
}

export interface EwsAnswer {
  /** 200, or 500 with a SOAP fault. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** What was asked; absent where the request could not be read. */
  readonly request?: RequestInfo
}

export async function answerEws(
  _organisation: Organisation,
  _caller: Person,
  _request: Buffer,
  _context: EwsContext = {},
): Promise<EwsAnswer> {
  return { status: 500, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: Buffer.alloc(0) }
}
