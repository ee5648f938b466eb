import type { ExchangeServer, Office365SignIn } from '../../domain/connection.ts'
import type { ConnectionDraft } from './draft.ts'

/**
 * A draft in the form of a plan's connection, for the plan's schema to judge: what is empty is left out, and a port that is no number stays the text it is.
 * What the draft has for other kinds and choices is left out too.
 */
export const planOf = (draft: ConnectionDraft): Readonly<Record<string, unknown>> => ({
  name: draft.name,
  role: draft.role,
  kind: draft.kind,
  ...plans[draft.kind](draft),
})

const plans: Readonly<Record<ConnectionDraft['kind'], (draft: ConnectionDraft) => Readonly<Record<string, unknown>>>> = {
  exchange: exchangePlan,
  office365: office365Plan,
  imap: imapPlan,
}

function imapPlan(draft: ConnectionDraft): Readonly<Record<string, unknown>> {
  const { tls } = draft
  return {
    server: {
      host: draft.imapHost.trim(),
      ...given('port', draft.port, port => (/^\d+$/.test(port) ? Number(port) : port)),
      tls,
      ...(tls === 'none' && draft.allowPlaintext ? { allowPlaintext: true } : {}),
      ...given('fingerprint', draft.fingerprint),
      ...given('caFile', draft.imapCaFile),
      ...(draft.compress ? { compress: true } : {}),
    },
    signIn: imapSignIn(draft),
  }
}

function imapSignIn({ signIn, imapUser, separator, mechanism }: ConnectionDraft): Readonly<Record<string, unknown>> {
  switch (signIn) {
    case 'mailbox':
      return { method: 'mailbox' }
    case 'token':
      return { method: 'token', mechanism }
    case 'authzid':
      return { method: 'admin', user: imapUser.trim(), actAs: 'authzid' }
    case 'separator':
      return { method: 'admin', user: imapUser.trim(), actAs: 'separator', separator }
  }
}

function exchangePlan(draft: ConnectionDraft): Readonly<Record<string, unknown>> {
  const fingerprints = draft.fingerprints.split(/\s+/).filter(line => line !== '')
  const trust = {
    ...(fingerprints.length > 0 ? { fingerprints } : {}),
    ...given('caFile', draft.exchangeCaFile),
    ...(draft.allowOldTls ? { allowOldTls: true } : {}),
  }
  return {
    server: planServer(exchangeServerOf(draft)),
    ...(Object.keys(trust).length > 0 ? { trust } : {}),
    admin: { user: draft.admin.trim(), method: draft.method, access: draft.access },
  }
}

/** Where Exchange is, as requests of the protocol have it. */
export function exchangeServerOf({ findBy, domain, at, exchangeHost, url }: ConnectionDraft): ExchangeServer {
  switch (findBy) {
    case 'autodiscover':
      return { by: 'autodiscover', domain: domain.trim(), ...given('at', at) }
    case 'host':
      return { by: 'host', host: exchangeHost.trim() }
    case 'url':
      return { by: 'url', url: url.trim() }
  }
}

const planServer = ({ by, ...server }: ExchangeServer): unknown => (by === 'autodiscover' ? { autodiscover: server } : server)

function office365Plan(draft: ConnectionDraft): Readonly<Record<string, unknown>> {
  return { ...placeOf(draft), signIn: office365SignInOf(draft), ...(draft.ews ? { ews: true } : {}) }
}

/** Where a tenant is, as requests of the protocol have it. */
export function placeOf({
  cloud,
  login,
  graph,
  outlook,
  office365CaFile,
}: Pick<ConnectionDraft, 'cloud' | 'login' | 'graph' | 'outlook' | 'office365CaFile'>) {
  const caFile = office365CaFile.trim()
  const elsewhere = [login, graph, outlook].some(origin => origin.trim() !== '')
  return {
    ...(cloud === 'global' ? {} : { cloud }),
    ...(elsewhere ? { at: { login: login.trim(), graph: graph.trim(), ...given('outlook', outlook) } } : {}),
    ...(caFile === '' ? {} : { trust: { caFile } }),
  }
}

/** How Office 365 is signed in to, as requests of the protocol have it. */
export const office365SignInOf = ({ signInAs, tenant, clientId, cloudAdmin, publicClient }: ConnectionDraft): Office365SignIn =>
  signInAs === 'admin'
    ? { method: 'admin', user: cloudAdmin.trim(), ...given('clientId', publicClient) }
    : { method: 'application', tenant: tenant.trim(), clientId: clientId.trim(), credential: signInAs }

/** A property that is left out where nothing was typed. */
function given<Key extends string, Value = string>(
  key: Key,
  typed: string,
  read?: (text: string) => Value,
): { [Of in Key]?: Value | string } {
  const text = typed.trim()
  const property: { [Of in Key]?: Value | string } = {}
  if (text !== '') property[key] = read === undefined ? text : read(text)
  return property
}
