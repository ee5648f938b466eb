import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../exchange/directory.ts'
import { answerEws } from '../exchange/ews/answerEws.ts'
import type { Admission } from '../throttling/throttle.ts'
import { type Answer, htmlAnswer, redirectAnswer, xmlAnswer } from './answer.ts'
import { send, sendTroubled } from './send.ts'
import type { Site } from './site.ts'
import type { Trouble } from './trouble.ts'

export interface Carried {
  readonly operation: string
  readonly status: number
  readonly bytesOut: number
}

/** Carries out one request to EWS of somebody who is signed in, within the throttling policy, unless trouble strikes. */
export async function carryOut(
  site: Site,
  caller: Person,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<Carried> {
  const operation = operationOf(body)
  const trouble = site.troubles.next(operation)
  const carried = (answer: Answer): Carried => ({ operation, status: answer.status, bytesOut: answer.body.length })
  const nothing: Carried = { operation, status: 0, bytesOut: 0 }

  if (trouble?.kind === 'hang') return nothing
  if (trouble?.kind === 'dropBefore') {
    request.socket.destroy()
    return nothing
  }
  if (trouble?.kind === 'delay') await delay(trouble.milliseconds, undefined, { ref: false })
  const instead = trouble && answerInstead(site, trouble)
  if (instead !== undefined) {
    if (trouble?.kind === 'faultThenRubbish') await sendTroubled(request, response, instead, trouble)
    else await send(request, response, instead, false)
    return carried(instead)
  }

  const answer = await throttled(site, caller, body)
  if (trouble?.kind === 'dropAfter') {
    request.socket.destroy()
    return nothing
  }
  setCookies(request, response)
  if (trouble?.kind === 'cut' || trouble?.kind === 'slow') await sendTroubled(request, response, answer, trouble)
  else await send(request, response, answer, site.compress)
  return carried(answer)
}

/** The first element of the SOAP body, without its prefix; empty where there is none. */
const operationOf = (body: Buffer): string => /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body.toString('latin1', 0, 8192))?.[1] ?? ''

async function throttled({ organisation, throttle }: Site, caller: Person, body: Buffer): Promise<Answer> {
  let admission: Admission | undefined
  const admit = (info: Parameters<typeof throttle.admit>[0]) => {
    admission = throttle.admit(info)
    return admission.kind === 'refused' ? admission.fault : undefined
  }
  // Set by a callback, which the compiler doesn't follow.
  const answered = (bytes: number): number => {
    const last = admission as Admission | undefined
    return last?.kind === 'admitted' ? last.answered(bytes) : 0
  }
  try {
    const answer = await answerEws(organisation, caller, body, { admit })
    const microDelay = answered(answer.body.length)
    if (microDelay > 0) await delay(microDelay, undefined, { ref: false })
    return answer
  } finally {
    answered(0)
  }
}

function answerInstead({ base }: Site, trouble: Trouble): Answer | undefined {
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

const internalServerError =
  '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorInternalServerError</faultcode><faultstring xml:lang="en-US">An internal server error occurred. The operation failed.</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">ErrorInternalServerError</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">An internal server error occurred. The operation failed.</e:Message></detail></s:Fault></s:Body></s:Envelope>'

/** Cookies that keep a client at one back end. */
function setCookies(request: IncomingMessage, response: ServerResponse): void {
  const backEnd = `X-BackEndCookie=${randomBytes(24).toString('base64url')}; path=/EWS; secure; HttpOnly`
  const known = /\bexchangecookie=/.test(request.headers.cookie ?? '')
  response.setHeader('set-cookie', known ? [backEnd] : [`exchangecookie=${randomBytes(16).toString('hex')}; path=/; HttpOnly`, backEnd])
}
