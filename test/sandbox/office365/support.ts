import { Client } from '@microsoft/microsoft-graph-client'
import { Agent, fetch as request } from 'undici'
import type { Person } from '../../../src/sandbox/exchange/directory.ts'
import type { Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { mailboxOf } from '../../../src/sandbox/exchange/organisation.ts'
import { deliver } from '../../../src/sandbox/exchange/store/storeMessage.ts'
import { type RegisteredApplication, registerApplication } from '../../../src/sandbox/office365/entra/registry.ts'
import { type Office365Front, startOffice365Front } from '../../../src/sandbox/office365/front.ts'
import type { SiteOptions } from '../../../src/sandbox/office365/site.ts'
import { addUser, createTenant, type Tenant, type TenantOptions } from '../../../src/sandbox/office365/tenant.ts'
import { testAuthority } from '../support.ts'

export interface CloudReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** Of an answer in JSON. */
  readonly json: Record<string, unknown>
}

export interface CloudAsk {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | URLSearchParams | object | Buffer
}

export interface Contoso extends Office365Front {
  readonly ca: string
  readonly tenant: Tenant
  readonly anna: Person
  readonly ben: Person
  readonly admin: Person
  readonly app: RegisteredApplication
  ask(url: string, ask?: CloudAsk): Promise<CloudReply>
  /** The token endpoint. */
  token(form: Record<string, string>, tenant?: string): Promise<CloudReply>
  /** An access token of the application. */
  appToken(): Promise<string>
  /** Graph, by a path behind the version, as the application. */
  graph(path: string, ask?: CloudAsk): Promise<CloudReply>
  /** Microsoft's own client, as the application. */
  client(token?: string): Client
}

export const allPermissions = [
  'Mail.ReadWrite',
  'MailboxSettings.Read',
  'User.Read.All',
  'Organization.Read.All',
  'Domain.Read.All',
  'MailboxItem.ImportExport.All',
  'MailboxItem.ReadWrite.All',
  'MailboxFolder.ReadWrite.All',
]

/** Contoso: Anna, Ben and an administrator at contoso.test, and an application with a secret. */
export async function contoso(
  options: Partial<TenantOptions> & SiteOptions & { readonly permissions?: readonly string[] } = {},
): Promise<Contoso> {
  const tenant = createTenant({ name: 'Contoso', domains: ['contoso.test'], ...options })
  const user = (displayName: string, local: string, password: string, isAdministrator = false): Person =>
    addUser(tenant, { displayName, primarySmtpAddress: `${local}@contoso.test`, password, isAdministrator })
  const anna = user('Anna Weiß', 'anna', 'Sommer!7')
  const ben = user('Ben Carter', 'ben', 'Winter?8')
  const admin = user('Ada Min', 'admin', 'Herbst#9', true)
  const app = registerApplication(tenant.registry, 'Mover', options.permissions ?? allPermissions)
  const authority = await testAuthority()
  const front = await startOffice365Front(tenant, { ...options, certificate: await authority.issue({ names: ['127.0.0.1'] }) })
  const agent = new Agent({ connect: { ca: authority.caCert } })
  // Node's own types of what `fetch` takes are those of another release of undici.
  const fetchOptions: object = { dispatcher: agent }

  const ask = async (url: string, { method = 'GET', headers = {}, body }: CloudAsk = {}): Promise<CloudReply> => {
    const isPlain = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) || body instanceof URLSearchParams
    const answer = await request(url, {
      method,
      dispatcher: agent,
      headers: isPlain ? headers : { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: isPlain ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json: Record<string, unknown> = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : {}
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json }
  }
  const token: Contoso['token'] = (form, id = tenant.id) =>
    ask(`${front.loginUrl}/${id}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) })
  const appToken = async (): Promise<string> => {
    const { json } = await token({
      client_id: app.application.appId,
      client_secret: app.secret,
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
    })
    return String(json['access_token'])
  }
  return {
    ...front,
    ca: authority.caCert,
    tenant,
    anna,
    ben,
    admin,
    app,
    ask,
    token,
    appToken,
    graph: async (path, { headers, ...rest } = {}) =>
      await ask(path.startsWith('https://') ? path : `${front.graphUrl}/v1.0/${path}`, {
        ...rest,
        headers: { authorization: `Bearer ${await appToken()}`, ...headers },
      }),
    client: given =>
      Client.init({
        baseUrl: `${front.graphUrl}/`,
        customHosts: new Set(['127.0.0.1']),
        authProvider: async done => done(null, given ?? (await appToken())),
        fetchOptions,
      }),
    async [Symbol.asyncDispose]() {
      await agent.destroy()
      await front[Symbol.asyncDispose]()
    },
  }
}

/** The code of an error's body. */
export function errorCode({ json }: CloudReply): string {
  const { error } = json
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
}

export function mailboxFor({ tenant }: Contoso, person: Person): Mailbox {
  const mailbox = mailboxOf(tenant.organisation, person)
  if (!mailbox) throw new Error(`${person.displayName} has no mailbox`)
  return mailbox
}

/** Lets a message arrive in a person's inbox. */
export const arrive = (cloud: Contoso, person: Person, subject: string, received = Date.now()): unknown =>
  deliver(
    mailboxFor(cloud, person),
    Buffer.from(
      `From: Carl <carl@elsewhere.test>\r\nTo: ${person.primarySmtpAddress}\r\nSubject: ${subject}\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@elsewhere.test>\r\nContent-Type: text/plain\r\n\r\n${subject}, in full.\r\n`,
    ),
    received,
  )
