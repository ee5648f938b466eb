import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, htmlAnswer, redirectAnswer, unauthorized } from './answer.ts'
import { answerTroubled } from './answerTroubled.ts'
import { type AutodiscoverKind, answerAutodiscover, autodiscoverKind } from './autodiscover.ts'
import { carryOut, operationOf } from './carryOut.ts'
import { readBody } from './readBody.ts'
import { send } from './send.ts'
import { type Site, schemeOf, setStandardHeaders } from './site.ts'

/** The door a request came in by. */
export interface Door {
  /** `tls-server-end-point` of its certificate. */
  readonly endPoint: Buffer
}

/** A certificate nobody was shown, as a server behind an offloading proxy compares with its own. */
const ownBehindProxy = Buffer.alloc(32, 0xff)

/** Reads one request to its end and answers it. */
export async function handle(site: Site, door: Door, request: IncomingMessage, response: ServerResponse, read?: Buffer): Promise<void> {
  const url = new URL(request.url ?? '/', site.base)
  setStandardHeaders(site, request, response)
  const done = (status: number, operation: string, user: string, bytesIn: number, bytesOut: number): void => {
    const connection = site.connectionOf(request.socket)
    const scheme = schemeOf(request)
    site.requests.push({ at: Date.now(), path: url.pathname, operation, scheme, user, status, connection, bytesIn, bytesOut })
  }
  const body = read ?? (await readBody(request, site.longestRequest))
  if (body === 'aborted') return done(0, '', '', 0, 0)
  const say = async (answer: Answer, operation = '', user = ''): Promise<void> => {
    await send(request, response, answer, site.compress)
    done(answer.status, operation, user, body.length, answer.body.length)
  }
  if (body === 'tooLarge') return await say(htmlAnswer('413.1 - Request Entity Too Large', 413))
  if (site.refuseChunked && request.headers['transfer-encoding'] !== undefined) return await say(htmlAnswer('411 - Length Required', 411))

  const isEws = /^\/ews\/exchange\.asmx$/i.test(url.pathname)
  const kind = autodiscoverKind(site, url)
  if (!isEws && kind === undefined) return await say(elsewhere(site, url))
  const discover = async (flavour: AutodiscoverKind, user: string): Promise<void> => {
    const sent = await answerTroubled(site, 'Autodiscover', request, response, () => answerAutodiscover(site, flavour, url, body))
    done(sent.status, flavour, user, body.length, sent.bytesOut)
  }
  if (kind === 'json') return await discover(kind, '')

  const endPoint = site.offloaded ? ownBehindProxy : door.endPoint
  const authorization = site.authorize(request, { path: url.pathname, binding: { protection: site.extendedProtection, endPoint } })
  if (authorization.kind === 'challenged') return await say(unauthorized(authorization.challenges), kind ?? '')
  const { person } = authorization.account
  const user = person.userPrincipalName
  if (kind !== undefined) return await discover(kind, user)
  if (request.method !== 'POST') return await say(redirectAnswer(`${site.base}/EWS/Services.wsdl`), '', user)
  const operation = operationOf(body)
  const sent = await answerTroubled(site, operation, request, response, () => carryOut(site, person, request, response, body))
  done(sent.status, operation, user, body.length, sent.bytesOut)
}

/** What else an Exchange server has below its name. */
const elsewhere = (site: Site, { pathname }: URL): Answer =>
  /^\/(owa\/?)?$/i.test(pathname)
    ? redirectAnswer(`${site.base}/owa/auth/logon.aspx?replaceCurrent=1`)
    : /^\/owa\/auth\/logon\.aspx$/i.test(pathname)
      ? htmlAnswer('Outlook', 200)
      : htmlAnswer('404 - File or directory not found.', 404)
