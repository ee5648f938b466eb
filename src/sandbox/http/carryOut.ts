import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../exchange/directory.ts'
import { answerEws } from '../exchange/ews/answerEws.ts'
import type { Admission } from '../throttling/throttle.ts'
import type { Answer } from './answer.ts'
import type { Site } from './site.ts'

/** The first element of the SOAP body, without its prefix; empty where there is none. */
export const operationOf = (body: Buffer): string =>
  /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body.toString('latin1', 0, 8192))?.[1] ?? ''

/** Carries out one request to EWS of somebody who is signed in, within the throttling policy. */
export async function carryOut(site: Site, caller: Person, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const admissions: Admission[] = []
  const answered = (bytes: number): number =>
    Math.max(0, ...admissions.map(admission => (admission.kind === 'admitted' ? admission.answered(bytes) : 0)))
  try {
    const answer = await answerEws(site.organisation, caller, body, {
      admit(info) {
        const admission = site.throttle.admit(info)
        admissions.push(admission)
        return admission.kind === 'refused' ? admission.fault : undefined
      },
    })
    const microDelay = answered(answer.body.length)
    if (microDelay > 0) await delay(microDelay, undefined, { ref: false })
    return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies(request) } }
  } finally {
    answered(0)
  }
}

/** Cookies that keep a client at one back end. */
function cookies(request: IncomingMessage): string[] {
  const backEnd = `X-BackEndCookie=${randomBytes(24).toString('base64url')}; path=/EWS; secure; HttpOnly`
  const known = /\bexchangecookie=/.test(request.headers.cookie ?? '')
  return known ? [backEnd] : [`exchangecookie=${randomBytes(16).toString('hex')}; path=/; HttpOnly`, backEnd]
}
