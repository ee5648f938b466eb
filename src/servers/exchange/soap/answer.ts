import { MailferryError } from '../../../domain/errors.ts'
import type { EwsResponse } from '../transport/ewsTransport.ts'
import type { XmlNode } from './node.ts'
import { createSoapReader } from './soapReader.ts'
import { type Trouble, troubleOfMessage } from './trouble.ts'

/** A trouble with a request as a whole. */
export class RequestTrouble extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(trouble.code)
    this.trouble = trouble
  }
}

/** What comes of an answer: response messages, and between them the bytes of content elements, in the order sent. */
export type AnswerPart =
  | { readonly message: XmlNode }
  | { readonly bytes: Buffer }
  /** The server's version as its SOAP header tells it, such as `15.2`. */
  | { readonly version: string }

/**
 * An answer part by part. Throws a `RequestTrouble` where the server refused the request as a whole, and `server.protocol` or `server.dropped`
 * where the answer is none of EWS or breaks off. Rubbish is known to follow faults on a connection, so those are read no further than their envelope; after any
 * other answer the body is read to its end, for only then the connection can be used again.
 */
export async function* readAnswer(host: string, response: EwsResponse): AsyncGenerator<AnswerPart> {
  const parts: AnswerPart[] = []
  let root = ''
  const reader = createSoapReader({
    root: name => {
      root = name
    },
    version: version => parts.push({ version }),
    message: message => parts.push({ message }),
    content: bytes => parts.push({ bytes }),
  })
  const wrong = (detail: string) => new MailferryError('server.protocol', { host, detail })
  try {
    for await (const chunk of response.body) {
      if (reader.complete) continue
      reader.write(chunk)
      if (root !== '' && root !== 'Envelope') throw new SyntaxError(`a <${root}>`)
      for (const part of parts.splice(0)) {
        const trouble = 'message' in part && part.message.name === 'Fault' ? troubleOfMessage(part.message) : undefined
        if (trouble) throw new RequestTrouble(trouble)
        yield part
      }
      if (reader.complete && response.status !== 200) return
    }
  } catch (thrown) {
    if (reader.complete && !(thrown instanceof RequestTrouble)) return
    if (!(thrown instanceof SyntaxError)) throw thrown
    throw wrong(
      root === 'Envelope'
        ? `malformed XML: ${thrown.message}`
        : 'no SOAP answer: a web page, such as that of a sign-in, or another service',
    )
  }
  if (reader.complete) return
  throw root === 'Envelope' ? new MailferryError('server.dropped', { host, cause: 'the answer broke off' }) : wrong('an empty answer')
}
