import { MailferryError } from '../../../domain/errors.ts'
import { RequestTrouble } from '../soap/answer.ts'
import type { XmlNode } from '../soap/node.ts'
import { type Trouble, troubleOfMessage } from '../soap/trouble.ts'
import { createPatience, noteTrouble, type Request, sendOnce } from './send.ts'
import type { SessionContext } from './sessionContext.ts'

interface Asked extends Request {
  /** Messages that the answer has to have; one unless told. */
  readonly answers?: number
}

/**
 * Asks something that may be asked again, until there is a whole answer. Throws one of our errors where the server refuses, or only where `allowed` doesn't.
 */
export async function ask(context: SessionContext, request: Asked, allowed: (trouble: Trouble) => boolean = never): Promise<XmlNode[]> {
  const patience = createPatience(context, request, request.signal)
  for (;;) {
    try {
      const messages: XmlNode[] = []
      let trouble: Trouble | undefined
      for await (const part of sendOnce(context, request)) {
        if (!('message' in part)) continue
        messages.push(part.message)
        const one = troubleOfMessage(part.message)
        if (trouble || !one || allowed(one)) continue
        trouble = one
        // At once, while this request counts: when it leaves the gate, others go in.
        noteTrouble(context, one)
      }
      if (messages.length === 0)
        throw new MailferryError('server.protocol', { host: context.host, detail: `an empty answer to ${request.operation}` })
      if (trouble) throw new RequestTrouble(trouble)
      if (messages.length >= (request.answers ?? 1)) return messages
      throw new RequestTrouble({ code: 'fewer answers than asked for', meaning: 'transient' })
    } catch (thrown) {
      await patience.after(thrown)
    }
  }
}

const never = () => false
