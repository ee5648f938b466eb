import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../exchange/directory.ts'
import { answerEws } from '../exchange/ews/answerEws.ts'
import type { Answer } from './answer.ts'
import type { Site } from './site.ts'

/** The first element of the SOAP body, without its prefix; empty where there is none. */
export const operationOf = (body: Buffer): string =>
  /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body.toString('latin1', 0, 8192))?.[1] ?? ''

/** Carries out one request to EWS of somebody who is signed in, within the throttling policy, which counts it as running until its answer is sent. */
export async function carryOut(
  site: Site,
  caller: Person,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<Answer> {
  let charge = (_bytes: number): number => 0
  const answer = await answerEws(site.organisation, caller, body, {
    admit(info) {
      const admission = site.throttle.admit(info)
      if (admission.kind === 'refused') return admission.fault
      charge = admission.charge
      if (response.destroyed) admission.release()
      else response.once('close', admission.release)
      return undefined
    },
  })
  const microDelay = charge(answer.body.length)
  if (microDelay > 0) await delay(microDelay, undefined, { ref: false })
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies(request) } }
}

/** Cookies that keep a client at one back end. */
function cookies(request: IncomingMessage): string[] {
  const backEnd = `X-BackEndCookie=${randomBytes(24).toString('base64url')}; path=/EWS; secure; HttpOnly`
  const known = /\bexchangecookie=/.test(request.headers.cookie ?? '')
  return known ? [backEnd] : [`exchangecookie=${randomBytes(16).toString('hex')}; path=/; HttpOnly`, backEnd]
}
