import { retryAfter } from '../../http/retryAfter.ts'
import type { GraphProblem, GraphResponse } from './graphTransport.ts'

/** What the server asks for patience with, in milliseconds where it says so. */
export interface Throttled {
  readonly retryAfterMs: number | undefined
  /** There were too many at once, rather than too many. */
  readonly concurrency: boolean
}

/** Whether an answer, alone or of a batch, says that it was too much or too early. Nothing of it was carried out. */
export function throttled({ status, header, error }: Pick<GraphResponse, 'status' | 'header' | 'error'>): Throttled | undefined {
  if (status !== 429 && status !== 503) return undefined
  return { retryAfterMs: retryAfter(header('retry-after')), concurrency: isConcurrency(error) }
}

const isConcurrency = (error: GraphProblem | undefined): boolean => /concurrency/i.test(`${error?.code} ${error?.message}`)
