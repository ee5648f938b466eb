import type { Answer } from '../../../http/answer.ts'
import type { GraphCall } from '../call.ts'
import { GraphError } from '../graphError.ts'
import { openMailbox } from '../permit.ts'

const mailSend = { application: ['Mail.Send'], delegated: ['Mail.Send'] }

/** Nobody here gets mail that somebody sends: whoever may is told so. */
export function sending(call: GraphCall): Answer {
  openMailbox(call, mailSend)
  throw new GraphError(501, 'NotImplemented', 'Mail is not sent here.')
}
