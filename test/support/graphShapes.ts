import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { GraphTransport } from '../../src/servers/office365/graph/graphTransport.ts'

/** A request that Microsoft's documentation allows, and what the product may ask with it. */
export interface GraphShape {
  readonly method: string
  /** Below the version; `{…}` stands for one part. */
  readonly path: string
  /** OData options that the page names. */
  readonly query: readonly string[]
  /** The least application permission that the page names; absent where a person is signed in himself. */
  readonly permission?: string
  /** Path of the page below https://learn.microsoft.com/graph/. */
  readonly page: string
}

const userQuery = ['$select', '$filter', '$top', '$orderby', '$count', '$search', '$expand']

/** Every request to Graph that the product makes. */
export const graphShapes: readonly GraphShape[] = [
  { method: 'POST', path: '/$batch', query: [], page: 'json-batching' },
  { method: 'GET', path: '/me', query: ['$select'], page: 'api/user-get' },
  { method: 'GET', path: '/users', query: userQuery, permission: 'User.Read.All', page: 'api/user-list' },
  { method: 'GET', path: '/users/{id}', query: ['$select', '$expand'], permission: 'User.Read.All', page: 'api/user-get' },
  {
    method: 'GET',
    path: '/users/{id}/mailboxSettings',
    query: [],
    permission: 'MailboxSettings.Read',
    page: 'api/user-get-mailboxsettings',
  },
  { method: 'GET', path: '/users/{id}/settings/exchange', query: [], permission: 'User.Read.All', page: 'api/usersettings-list-exchange' },
  {
    method: 'GET',
    path: '/users/{id}/mailFolders/{id}',
    query: ['$select', '$expand'],
    permission: 'Mail.ReadBasic.All',
    page: 'api/mailfolder-get',
  },
  {
    method: 'GET',
    path: '/users/{id}/mailFolders/inbox/messageRules',
    query: [],
    permission: 'MailboxSettings.Read',
    page: 'api/mailfolder-list-messagerules',
  },
  {
    method: 'GET',
    path: '/admin/exchange/mailboxes/{id}/folders',
    query: ['$select', '$filter', '$top', '$skip', '$count', '$orderby', '$expand'],
    permission: 'MailboxFolder.Read.All',
    page: 'api/mailbox-list-folders',
  },
  {
    method: 'GET',
    path: '/admin/exchange/mailboxes/{id}/folders/{id}',
    query: ['$select', '$expand'],
    permission: 'MailboxFolder.Read.All',
    page: 'api/mailboxfolder-get',
  },
  {
    method: 'GET',
    path: '/users/{id}/mailFolders',
    query: ['includeHiddenFolders', '$select', '$filter', '$top', '$count', '$orderby', '$expand'],
    permission: 'Mail.ReadBasic.All',
    page: 'api/user-list-mailfolders',
  },
  {
    method: 'GET',
    path: '/users/{id}/mailFolders/{id}/childFolders',
    query: ['includeHiddenFolders', '$select', '$filter', '$top', '$count', '$orderby', '$expand'],
    permission: 'Mail.ReadBasic.All',
    page: 'api/mailfolder-list-childfolders',
  },
  {
    method: 'POST',
    path: '/users/{id}/mailFolders/{id}/childFolders',
    query: [],
    permission: 'Mail.ReadWrite',
    page: 'api/mailfolder-post-childfolders',
  },
  {
    method: 'GET',
    path: '/users/{id}/mailFolders/{id}/messages',
    query: ['$select', '$filter', '$top', '$count', '$orderby', '$expand', '$search'],
    permission: 'Mail.ReadBasic.All',
    page: 'api/mailfolder-list-messages',
  },
  {
    method: 'GET',
    path: '/users/{id}/mailFolders/{id}/messages/delta',
    query: ['$select', '$top', '$expand', '$filter', '$orderby', 'changeType'],
    permission: 'Mail.ReadBasic.All',
    page: 'api/message-delta',
  },
  {
    method: 'POST',
    path: '/users/{id}/mailFolders/{id}/messages',
    query: [],
    permission: 'Mail.ReadWrite',
    page: 'api/mailfolder-post-messages',
  },
  {
    method: 'GET',
    path: '/users/{id}/messages/{id}',
    query: ['$select', '$expand'],
    permission: 'Mail.ReadBasic.All',
    page: 'api/message-get',
  },
  { method: 'GET', path: '/users/{id}/messages/{id}/$value', query: [], permission: 'Mail.Read', page: 'outlook-get-mime-message' },
  { method: 'PATCH', path: '/users/{id}/messages/{id}', query: [], permission: 'Mail.ReadWrite', page: 'api/message-update' },
  { method: 'DELETE', path: '/users/{id}/messages/{id}', query: [], permission: 'Mail.ReadWrite', page: 'api/message-delete' },
  { method: 'POST', path: '/users/{id}/messages/{id}/move', query: [], permission: 'Mail.ReadWrite', page: 'api/message-move' },
  {
    method: 'POST',
    path: '/users/{id}/messages/{id}/attachments',
    query: [],
    permission: 'Mail.ReadWrite',
    page: 'api/message-post-attachments',
  },
  {
    method: 'POST',
    path: '/users/{id}/messages/{id}/attachments/createUploadSession',
    query: [],
    permission: 'Mail.ReadWrite',
    page: 'api/attachment-createuploadsession',
  },
  {
    method: 'GET',
    path: '/admin/exchange/mailboxes/{id}/folders/{id}/childFolders',
    query: ['$select', '$filter', '$top', '$skip', '$count', '$orderby', '$expand'],
    permission: 'MailboxFolder.Read.All',
    page: 'api/mailboxfolder-list-childfolders',
  },
  {
    method: 'POST',
    path: '/admin/exchange/mailboxes/{id}/folders/{id}/childFolders',
    query: [],
    permission: 'MailboxFolder.ReadWrite.All',
    page: 'api/mailbox-post-folders',
  },
  {
    method: 'GET',
    path: '/admin/exchange/mailboxes/{id}/folders/{id}/items',
    query: ['$select', '$filter', '$top', '$skip', '$count', '$orderby', '$expand'],
    permission: 'MailboxItem.Read.All',
    page: 'api/mailboxfolder-list-items',
  },
  {
    method: 'GET',
    path: '/admin/exchange/mailboxes/{id}/folders/{id}/items/delta',
    query: ['$select', '$top', '$filter', '$orderby'],
    permission: 'MailboxItem.Read.All',
    page: 'api/mailboxitem-delta',
  },
  {
    method: 'GET',
    path: '/admin/exchange/mailboxes/{id}/folders/{id}/items/{id}',
    query: ['$select', '$expand'],
    permission: 'MailboxItem.Read.All',
    page: 'api/mailboxitem-get',
  },
  {
    method: 'DELETE',
    path: '/admin/exchange/mailboxes/{id}/folders/{id}/items/{id}',
    query: ['disposalType'],
    permission: 'MailboxItem.ReadWrite.All',
    page: 'api/mailboxfolder-delete-items',
  },
  {
    method: 'POST',
    path: '/admin/exchange/mailboxes/{id}/exportItems',
    query: [],
    permission: 'MailboxItem.Export.All',
    page: 'api/mailbox-exportitems',
  },
  {
    method: 'POST',
    path: '/admin/exchange/mailboxes/{id}/createImportSession',
    query: [],
    permission: 'MailboxItem.ImportExport.All',
    page: 'api/mailbox-createimportsession',
  },
  { method: 'GET', path: '/organization', query: ['$select'], permission: 'Organization.Read.All', page: 'api/organization-list' },
  { method: 'GET', path: '/domains', query: ['$select'], permission: 'Domain.Read.All', page: 'api/domain-list' },
  {
    method: 'GET',
    path: '/applications(appId={id})',
    query: ['$select', '$expand'],
    permission: 'Application.Read.All',
    page: 'api/application-get',
  },
  { method: 'GET', path: '/applications', query: userQuery, permission: 'Application.Read.All', page: 'api/application-list' },
  {
    method: 'POST',
    path: '/applications',
    query: [],
    permission: 'Application.ReadWrite.OwnedBy',
    page: 'api/application-post-applications',
  },
  { method: 'DELETE', path: '/applications/{id}', query: [], permission: 'Application.ReadWrite.OwnedBy', page: 'api/application-delete' },
  { method: 'PATCH', path: '/applications/{id}', query: [], permission: 'Application.ReadWrite.OwnedBy', page: 'api/application-update' },
  {
    method: 'POST',
    path: '/applications/{id}/addKey',
    query: [],
    permission: 'Application.ReadWrite.OwnedBy',
    page: 'api/application-addkey',
  },
  { method: 'GET', path: '/servicePrincipals', query: userQuery, permission: 'Application.Read.All', page: 'api/serviceprincipal-list' },
  {
    method: 'GET',
    path: '/servicePrincipals(appId={id})',
    query: ['$select', '$expand'],
    permission: 'Application.Read.All',
    page: 'api/serviceprincipal-get',
  },
  {
    method: 'POST',
    path: '/servicePrincipals',
    query: [],
    permission: 'Application.ReadWrite.OwnedBy',
    page: 'api/serviceprincipal-post-serviceprincipals',
  },
  {
    method: 'GET',
    path: '/servicePrincipals/{id}/appRoleAssignments',
    query: ['$select', '$filter', '$count', '$expand'],
    permission: 'Application.Read.All',
    page: 'api/serviceprincipal-list-approleassignments',
  },
  {
    method: 'POST',
    path: '/servicePrincipals/{id}/appRoleAssignments',
    query: [],
    permission: 'AppRoleAssignment.ReadWrite.All',
    page: 'api/serviceprincipal-post-approleassignments',
  },
]

/** What may be asked in the beta version too: archives, which it alone has. All else goes to v1.0. */
const inBeta = (path: string): boolean =>
  path === '/$batch' || /^\/(users\/[^/]+\/settings\/exchange|admin\/exchange\/mailboxes\/[^/]+\/.+)$/.test(path)

/** What isn't documented of a request below its version; nothing where all is. A `$skiptoken` of Graph's own links is opaque and allowed. */
export function undocumented(method: string, path: string): string | undefined {
  const [bare = '', query = ''] = path.split('?')
  const fits = graphShapes.filter(shape => shape.method === method && matches(shape.path, bare))
  if (fits.length === 0) return `${method} ${bare} is in no table`
  const options = [...new URLSearchParams(query).keys()].filter(option => !option.startsWith('$skip') && option !== '$deltatoken')
  const extra = options.filter(option => !fits.some(shape => shape.query.includes(option)))
  return extra.length === 0 ? undefined : `${method} ${bare} takes no ${extra.join(', ')}`
}

function matches(template: string, path: string): boolean {
  const pattern = template
    .split(/\{[^}]*\}/)
    .map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}

/** What isn't documented of a request as the server meets it, whoever sent it. */
const problemOf = (method: string, path: string): string | undefined =>
  path.startsWith('/v1.0/')
    ? undocumented(method, path.slice('/v1.0'.length))
    : path.startsWith('/beta/') && inBeta(path.slice('/beta'.length).split('?')[0] ?? '')
      ? undocumented(method, path.slice('/beta'.length))
      : `${path} isn't of version 1.0`

export interface ShapeRecorder {
  /** For a tenant of the sandbox: `office365Side({ watch })`. */
  readonly watch: (method: string, path: string) => void
  readonly seen: string[]
  /** Throws where a request was none that Microsoft's documentation allows, or none was seen. */
  check(): void
}

/** Looks up every request that a tenant of the sandbox meets, from this process or another. */
export function recordShapes(): ShapeRecorder {
  const problems: string[] = []
  const seen: string[] = []
  return {
    seen,
    watch(method, path) {
      seen.push(`${method} ${path}`)
      const problem = problemOf(method, path)
      if (problem !== undefined) problems.push(problem)
    },
    check() {
      assert.ok(seen.length > 0, 'requests were seen')
      assert.deepEqual([...new Set(problems)], [], 'every request is documented')
    },
  }
}

interface CreatedRequest {
  readonly request: { readonly origin: string | URL; readonly method: string; readonly path: string }
}

/** Listens to all requests to a Graph, until it is disposed; `problems` are those that no page documents. */
export function watchGraph(graph: string): Disposable & { readonly problems: string[]; readonly seen: string[] } {
  const problems: string[] = []
  const seen: string[] = []
  const onCreate = (message: unknown) => {
    // Proof of the cast: undici's documentation of this channel.
    const { origin, method, path } = (message as CreatedRequest).request
    if (new URL(String(origin)).origin !== graph) return
    seen.push(`${method} ${path}`)
    const problem = problemOf(method, path)
    if (problem !== undefined) problems.push(problem)
  }
  subscribe('undici:request:create', onCreate)
  return { problems, seen, [Symbol.dispose]: () => void unsubscribe('undici:request:create', onCreate) }
}

/** A transport whose batches are looked into as well: `watchGraph` sees only that there was one. */
export const watchBatches = (transport: GraphTransport, problems: string[]): GraphTransport => ({
  send: transport.send.bind(transport),
  sendTo: transport.sendTo.bind(transport),
  batch(requests, options) {
    problems.push(...requests.map(({ method, path }) => undocumented(method, path)).filter(problem => problem !== undefined))
    return transport.batch(requests, options)
  },
  [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
})
