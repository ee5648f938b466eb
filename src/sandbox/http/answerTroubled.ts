import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, htmlAnswer, redirectAnswer, xmlAnswer } from './answer.ts'
import { send, sendTroubled } from './send.ts'
import type { Site } from './site.ts'
import type { Trouble } from './trouble.ts'

/** What has troubles. */
export type Troubled = Pick<Site, 'troubles' | 'base' | 'compress'>

/** Sends what `carryOut` answers, unless trouble strikes: then something else, less, or nothing. Answers what was sent. */
export async function answerTroubled(
  site: Troubled,
  operation: string,
  request: IncomingMessage,
  response: ServerResponse,
  carryOut: () => Answer | Promise<Answer>,
): Promise<{ readonly status: number; readonly bytesOut: number }> {
  const trouble = site.troubles.next(operation)
  const nothing = { status: 0, bytesOut: 0 }
  if (trouble?.kind === 'hang') return nothing
  if (trouble?.kind === 'dropBefore') {
    request.socket.destroy()
    return nothing
  }
  const answer = (trouble && answerInstead(site, trouble)) ?? (await carryOut())
  if (trouble?.kind === 'delay') await delay(trouble.milliseconds, undefined, { ref: false })
  if (trouble?.kind === 'dropAfter') {
    request.socket.destroy()
    return nothing
  }
  if (trouble?.kind === 'cut' || trouble?.kind === 'slow' || trouble?.kind === 'faultThenRubbish')
    await sendTroubled(request, response, answer, trouble)
  else await send(request, response, answer, site.compress)
  return { status: answer.status, bytesOut: answer.body.length }
}

function answerInstead({ base }: Troubled, trouble: Trouble): Answer | undefined {
  switch (trouble.kind) {
    case 'signInPage':
      return htmlAnswer('Sign in', 200)
    case 'owaRedirect':
      return redirectAnswer(`${base}/owa/`)
    case 'brokenXml':
      return xmlAnswer('<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:')
    case 'unavailable':
      return htmlAnswer('503 Service Unavailable', 503, retryAfter(trouble.retryAfterSeconds))
    case 'status':
      return htmlAnswer(`${trouble.status}`, trouble.status)
    case 'faultThenRubbish':
      return xmlAnswer(internalServerError, 500)
    default:
      return undefined
  }
}

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) }

const errors = 'http://schemas.microsoft.com/exchange/services/2006/errors'
const message = 'An internal server error occurred. The operation failed.'

const internalServerError = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorInternalServerError</faultcode><faultstring xml:lang="en-US">${message}</faultstring><detail><e:ResponseCode xmlns:e="${errors}">ErrorInternalServerError</e:ResponseCode><e:Message xmlns:e="${errors}">${message}</e:Message></detail></s:Fault></s:Body></s:Envelope>`
