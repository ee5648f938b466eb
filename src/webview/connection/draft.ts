import { z } from 'zod'
import type { ConnectionSettings, ExchangeSettings, ImapSettings, Office365Settings, Role } from '../../domain/connection.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'

const text = z.string()

/**
 * Everything a person can fill in for a connection but its secret: flat and as typed, so that nothing is lost while it is half done, nor when another kind
 * is looked at meanwhile.
 */
export const connectionDraft = z.strictObject({
  name: text,
  role: z.enum(['source', 'target']),
  kind: z.enum(['exchange', 'office365', 'imap']),

  findBy: z.enum(['autodiscover', 'host', 'url']),
  domain: text,
  /** The Autodiscover server to ask first. */
  at: text,
  exchangeHost: text,
  url: text,
  exchangeCaFile: text,
  /** One on each line. */
  fingerprints: text,
  allowOldTls: z.boolean(),
  admin: text,
  method: z.enum(['ntlm', 'basic', 'bearer']),
  access: z.enum(['impersonation', 'delegate']),

  cloud: z.enum(['global', 'usGov', 'usGovDoD', 'china']),
  signInAs: z.enum(['certificate', 'secret', 'admin']),
  tenant: text,
  clientId: text,
  /** The certificate (PEM) of the key that is the secret; made here, or chosen. Nothing of the key. */
  certificate: text,
  /** The only mailboxes that a registration by script allows the application; all of the tenant where there are none. */
  scope: text,
  /** Registers the application for the mailbox import and export API too. */
  fullFidelity: z.boolean(),
  cloudAdmin: text,
  /** The public client that the refresh token was given to. */
  publicClient: text,
  /** Mail by EWS in place of Graph, as long as Microsoft still has it. */
  ews: z.boolean(),
  office365CaFile: text,
  /** Other servers than Microsoft's, for a test network: origins. */
  login: text,
  graph: text,
  /** Exchange Web Services there, where mail goes by them. */
  outlook: text,

  imapHost: text,
  port: text,
  tls: z.enum(['implicit', 'starttls', 'none']),
  allowPlaintext: z.boolean(),
  fingerprint: text,
  imapCaFile: text,
  compress: z.boolean(),
  signIn: z.enum(['mailbox', 'authzid', 'separator', 'token']),
  imapUser: text,
  separator: text,
  mechanism: z.enum(['XOAUTH2', 'OAUTHBEARER']),

  /** A mailbox to open in the test. */
  mailbox: text,
  /** Reconfiguring where nothing proves the organisation: the connection's name. */
  responsible: text,
})

export type ConnectionDraft = z.infer<typeof connectionDraft>
export type ConnectionField = keyof ConnectionDraft

export const emptyDraft = (role: Role): ConnectionDraft => ({
  name: '',
  role,
  kind: 'exchange',
  findBy: 'autodiscover',
  domain: '',
  at: '',
  exchangeHost: '',
  url: '',
  exchangeCaFile: '',
  fingerprints: '',
  allowOldTls: false,
  admin: '',
  method: 'ntlm',
  access: 'impersonation',
  cloud: 'global',
  signInAs: 'certificate',
  tenant: '',
  clientId: '',
  certificate: '',
  scope: '',
  fullFidelity: false,
  cloudAdmin: '',
  publicClient: '',
  ews: false,
  office365CaFile: '',
  login: '',
  graph: '',
  outlook: '',
  imapHost: '',
  port: '',
  tls: 'implicit',
  allowPlaintext: false,
  fingerprint: '',
  imapCaFile: '',
  compress: false,
  signIn: 'mailbox',
  imapUser: '',
  separator: '*',
  mechanism: 'XOAUTH2',
  mailbox: '',
  responsible: '',
})

/** A connection as the wizard has it; what its kind doesn't have is empty. */
export const draftOf = ({ name, role, settings }: Pick<ConnectionSummary, 'name' | 'role' | 'settings'>): ConnectionDraft => ({
  ...emptyDraft(role),
  name,
  ...settingsDraft(settings),
})

function settingsDraft(settings: ConnectionSettings): Partial<ConnectionDraft> {
  switch (settings.kind) {
    case 'exchange':
      return exchangeDraft(settings)
    case 'imap':
      return imapDraft(settings)
    case 'office365':
      return office365Draft(settings)
  }
}

function exchangeDraft({ server, trust = {}, admin }: ExchangeSettings): Partial<ConnectionDraft> {
  return {
    kind: 'exchange',
    findBy: server.by,
    ...(server.by === 'autodiscover' ? { domain: server.domain, at: server.at ?? '' } : {}),
    ...(server.by === 'host' ? { exchangeHost: server.host } : {}),
    ...(server.by === 'url' ? { url: server.url } : {}),
    exchangeCaFile: trust.caFile ?? '',
    fingerprints: (trust.fingerprints ?? []).join('\n'),
    allowOldTls: trust.allowOldTls ?? false,
    admin: admin.user,
    method: admin.method,
    access: admin.access,
  }
}

function office365Draft({ cloud = 'global', at, trust, signIn, ews }: Office365Settings): Partial<ConnectionDraft> {
  return {
    kind: 'office365',
    cloud,
    ews: ews ?? false,
    office365CaFile: trust?.caFile ?? '',
    login: at?.login ?? '',
    graph: at?.graph ?? '',
    outlook: at?.outlook ?? '',
    ...(signIn.method === 'admin'
      ? { signInAs: 'admin', cloudAdmin: signIn.user, publicClient: signIn.clientId ?? '' }
      : { signInAs: signIn.credential, tenant: signIn.tenant, clientId: signIn.clientId }),
  }
}

function imapDraft({ server, signIn }: ImapSettings): Partial<ConnectionDraft> {
  return {
    kind: 'imap',
    imapHost: server.host,
    port: String(server.port),
    tls: server.tls,
    allowPlaintext: server.allowPlaintext ?? false,
    fingerprint: server.fingerprint ?? '',
    imapCaFile: server.caFile ?? '',
    compress: server.compress ?? false,
    signIn: signIn.method === 'admin' ? signIn.actAs : signIn.method,
    ...(signIn.method === 'admin' ? { imapUser: signIn.user } : {}),
    ...(signIn.method === 'admin' && signIn.actAs === 'separator' ? { separator: signIn.separator } : {}),
    ...(signIn.method === 'token' && signIn.mechanism !== undefined ? { mechanism: signIn.mechanism } : {}),
  }
}
