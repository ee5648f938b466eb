import { type ExchangeSessionDeps, openExchangeSession } from '../../../src/servers/exchange/session/session.ts'
import type { EwsResponse, EwsTransport } from '../../../src/servers/exchange/transport/ewsTransport.ts'
import type { RequestBody } from '../../../src/servers/http/outgoing.ts'
import type { Folder, MailSession, OpenOptions } from '../../../src/servers/mailServer.ts'
import { assertValidSoap } from '../../support/ewsSchema.ts'
import { never } from '../imap/support.ts'

/** What a server answers to one request: SOAP, or what is thrown at the client instead. */
export type Answer = string | AsyncIterable<Buffer> | Error | { readonly status: number; readonly soap: string }

export interface Asked {
  /** The operation's name, such as `GetItem`. */
  readonly operation: string
  readonly soap: string
}

export interface ScriptedEws extends EwsTransport {
  /** All requests but those that only look whether the mailbox is there. */
  readonly asked: Asked[]
}

const operationOf = (soap: string): string => /<s:Body><m:(\w+)/.exec(soap)?.[1] ?? ''

/**
 * EWS whose answers a test writes down, request by request; an operation's last answer is given again. Every request has to be valid
 * against Microsoft's schema. Opening a mailbox is answered by itself, with the version given.
 */
export function scriptedEws(answers: Readonly<Record<string, readonly Answer[]>>, version = '15.2'): ScriptedEws {
  const asked: Asked[] = []
  const counts = new Map<string, number>()
  let opened = false
  return {
    url: 'https://mail.example/EWS/Exchange.asmx',
    asked,
    async post(body, { beforeSend, signal }) {
      signal.throwIfAborted()
      beforeSend?.()
      const bytes = await bytesOf(body)
      assertValidSoap(bytes)
      const soap = bytes.toString()
      const operation = operationOf(soap)
      if (!opened) {
        opened = true
        return answerOf(success('GetFolder', '<m:Folders><t:Folder><t:FolderId Id="root"/></t:Folder></m:Folders>', version))
      }
      asked.push({ operation, soap })
      const count = counts.get(operation) ?? 0
      counts.set(operation, count + 1)
      const list = answers[operation] ?? []
      const answer = list[Math.min(count, list.length - 1)]
      if (answer === undefined) throw new Error(`nobody said what to answer to ${operation}`)
      return answerOf(answer)
    },
    async [Symbol.asyncDispose]() {},
  }
}

async function bytesOf(body: RequestBody): Promise<Buffer> {
  if (!('parts' in body)) return Buffer.concat([...body])
  const parts: Buffer[] = []
  for await (const part of body.parts) parts.push(part)
  return Buffer.concat(parts)
}

function answerOf(answer: Answer): EwsResponse {
  if (answer instanceof Error) throw answer
  const { status, soap } = typeof answer === 'object' && 'soap' in answer ? answer : { status: 200, soap: answer }
  const body = typeof soap === 'string' ? pieces(Buffer.from(soap)) : soap
  return { status, serverDate: Date.parse('2026-11-25T12:00:00Z'), body }
}

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
}

export const envelope = (body: string, version = '15.2'): string => {
  const [major, minor] = version.split('.')
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:ServerVersionInfo MajorVersion="${major}" MinorVersion="${minor}" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/></s:Header><s:Body xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">${body}</s:Body></s:Envelope>`
}

/** An answer of several response messages, ready-made. */
export const answered = (operation: string, messages: readonly string[], version?: string): string =>
  envelope(`<m:${operation}Response><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:${operation}Response>`, version)

export const done = (operation: string, content: string): string =>
  `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`

export const failed = (operation: string, code: string, backOffMs?: number): string =>
  `<m:${operation}ResponseMessage ResponseClass="Error"><m:MessageText>No.</m:MessageText><m:ResponseCode>${code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${
    backOffMs === undefined ? '' : `<m:MessageXml><t:Value Name="BackOffMilliseconds">${backOffMs}</t:Value></m:MessageXml>`
  }</m:${operation}ResponseMessage>`

export const success = (operation: string, content: string, version?: string): string =>
  answered(operation, [done(operation, content)], version)

export const fault = (code: string, backOffMs?: number): Answer => ({
  status: 500,
  soap: envelope(
    `<s:Fault><faultcode>s:Client</faultcode><faultstring>No.</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode>${
      backOffMs === undefined ? '' : `<t:MessageXml><t:Value Name="BackOffMilliseconds">${backOffMs}</t:Value></t:MessageXml>`
    }</detail></s:Fault>`,
  ),
})

/** A session on scripted answers, as the admin `admin` on Ann's mailbox. */
export async function scriptedSession(
  ews: EwsTransport,
  deps: Partial<ExchangeSessionDeps> = {},
  options: Partial<OpenOptions> = {},
): Promise<MailSession> {
  return openExchangeSession(
    {
      transport: ews,
      mailbox: { address: 'ann@corp.example' },
      connection: 'Old',
      admin: 'admin',
      access: 'impersonation',
      pause: 1,
      identity: async address => ({ address, id: 'guid' }),
      ...deps,
    },
    { signal: never, connections: 4, ...options },
  )
}

export const inbox: Folder = {
  id: 'inboxId',
  path: ['INBOX'],
  role: 'inbox',
  selectable: true,
  subscribed: true,
  count: 0,
  validity: 'inboxId',
}

/** What a mailbox answers of the folders that everybody has, in the order of the session's asking; undefined: it has it not. */
export const foldersKnown = (ids: readonly (string | undefined)[]): string =>
  answered(
    'GetFolder',
    ids.map(id =>
      id === undefined
        ? failed('GetFolder', 'ErrorFolderNotFound')
        : done('GetFolder', `<m:Folders><t:Folder><t:FolderId Id="${id}"/></t:Folder></m:Folders>`),
    ),
  )
